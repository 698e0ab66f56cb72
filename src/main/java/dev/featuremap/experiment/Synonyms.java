package dev.featuremap.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Keras, PyTorch and others call that which an experiment file calls otherwise. */
final class Synonyms {
    /** A word of an experiment file, then what others call it, without capitals, dashes and underscores. */
    private static final String TABLE = """
            convolution             conv conv2d convolution2d convolutional
            subsampling             pool pool2d pooling pooling2d maxpool maxpool2d maxpooling maxpooling2d
            subsampling             avgpool avgpool2d averagepooling averagepooling2d
            depthwiseConvolution    depthwise depthwiseconv depthwiseconv2d depthwiseconvolution2d dwconv
            separableConvolution    separable separableconv separableconv2d separableconvolution2d sepconv
            globalPooling           globalpool gap globalavgpool globalavgpool2d globalaveragepooling globalaveragepooling2d
            globalPooling           globalmaxpool globalmaxpool2d globalmaxpooling globalmaxpooling2d adaptiveavgpool2d adaptivemaxpool2d
            zeroPadding             zeropad zeropad2d zeropadding2d pad padding
            localResponseNormalization  lrn localresponsenorm
            depthMultiplier         multiplier channelmultiplier
            slope                   init
            batchNormalization      batchnorm batchnorm1d batchnorm2d bn batchnormalisation
            dense                   linear fc fullyconnected innerproduct
            dense, which flattens by itself  flatten
            activation              relu sigmoid tanh softmax leakyrelu elu gelu
            output                  softmaxoutput outputlayer classifier
            filters                 outchannels channels nout
            units                   outfeatures nout neurons nodes hidden
            kernel                  kernelsize filtersize ksize
            size                    poolsize kernelsize kernel imagesize inputsize
            stride                  strides
            dilation                dilationrate
            rate                    p dropout dropoutrate
            function                activation nonlinearity
            activation              act nonlinearity activationfunction
            mode: same              paddingsame
            mode: truncate          paddingvalid
            truncate                valid
            decay                   momentum alpha rho
            type: nesterovs         momentum nesterov
            epsilon                 eps
            learningRate            lr eta stepsize
            initial                 lr learningrate initiallearningrate
            updater.learningRate    lr learningrate eta
            training.updater.learningRate  lr learningrate eta
            updater                 optimizer optimiser optim solver
            training.updater        optimizer optimiser optim solver
            labelSmoothing          smoothing labelsmooth
            training.labelSmoothing  smoothing labelsmooth labelsmoothing
            emaDecay                ema emamomentum modelema modelemadecay useema weightaverage swa polyakaveraging
            training.emaDecay       ema emadecay emamomentum modelema modelemadecay useema weightaverage swa polyakaveraging
            classWeights            weight weights classweight
            training.classWeights   classweight classweights
            gradientNormalization   gradientclipping gradclip clipnorm clipvalue clipgradnorm maxgradnorm gradientclipval
            training.gradientNormalization  gradientclipping gradclip clipnorm clipvalue clipgradnorm maxgradnorm gradientclipval
            threshold               maxnorm norm clipnorm clipvalue value
            clipNorm                clip clipl2perlayer clipl2perparamtype norm
            clipValue               clipelementwiseabsolutevalue value
            renormalize             renormalizel2perlayer renormalizel2perparamtype normalize
            cosine                  cosineannealing cosinedecay cosineannealinglr
            max                     initial learningrate lr peak
            min                     etamin final
            warmup                  warmupsteps warmupepochs
            over                    tmax steps totalsteps decaysteps
            epochs                  nepochs numepochs maxepochs nbepoch
            training.epochs         epochs nepochs numepochs maxepochs
            batchSize               batch minibatch minibatchsize
            training.batchSize      batchsize batch minibatch minibatchsize
            earlyStopping.patience  patience
            validationShare         validationsplit valsplit validationfraction
            training.validationShare  validationsplit valsplit validationfraction
            validationFold          fold folds kfold crossvalidation cv
            training.validationFold  fold folds kfold crossvalidation cv
            labelNoise              noisylabels labelflip noiserate noise
            network.l2              l2
            network.weightDecay     weightdecay
            adam, with network.weightDecay  adamw
            network.layers          layers
            weightInit              init initializer weightinitializer kernelinitializer
            biasInit                biasinitializer
            loss                    criterion objective lossfunction lossfn
            seed                    randomseed randomstate
            data                    dataset
            network                 model net architecture
            folder                  path root dir directory
            images                  imagefolder picturefolder directory folder pictures
            avg                     average mean
            max                     maximum
            mcxent                  crossentropy crossentropyloss categoricalcrossentropy sparsecategoricalcrossentropy
            xent                    bce bceloss bcewithlogits bcewithlogitsloss binarycrossentropy logloss
            nll                     nllloss negativeloglikelihood
            mse                     meansquarederror mseloss squarederror
            mae                     meanabsoluteerror l1loss absoluteerror
            msle                    meansquaredlogarithmicerror
            mape                    meanabsolutepercentageerror
            kld                     kldivergence kldivloss kullbackleiblerdivergence
            cosine                  cosinesimilarity cosineproximity cosineloss
            poisson                 poissonnllloss
            identity                linear none
            swish                   silu
            sigmoid                 logistic
            nesterovs               nesterov momentum sgdmomentum
            xavier                  glorot glorotnormal xaviernormal
            xavier_uniform          glorotuniform
            relu                    he henormal kaiming kaimingnormal
            relu_uniform            heuniform kaiminguniform
            zero                    zeros
            raw                     none
            """;

    private static final Map<String, List<String>> WORDS = words();

    private Synonyms() {}

    /**
     * The word that someone means who writes {@code found} where one of {@code words} is allowed; it may be a path or a value
     * below one of them, such as {@code updater.learningRate} or {@code mode: same}.
     */
    static Optional<String> of(Collection<String> words, String found) {
        String plain = plain(found);
        return words.stream()
                .filter(word -> plain(word).equals(plain))
                .findFirst()
                .or(() -> WORDS.getOrDefault(plain, List.of()).stream()
                        .filter(word -> words.contains(word.split("[.:,]", -1)[0]))
                        .findFirst());
    }

    private static Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        TABLE.lines().map(line -> line.split(" {2,}", -1)).forEach(row -> {
            for (String others : row[1].split(" ", -1)) {
                words.merge(others, List.of(row[0]), Synonyms::and);
            }
        });
        return words;
    }

    private static List<String> and(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
