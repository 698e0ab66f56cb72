# Sourced by the measurements: the project's folder, MNIST, the benchmarks' build with the launcher's natives, and this project's own
# engines started as the launcher would.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$home/data/mnist/train-images-idx3-ubyte" ] || "$home/featuremap" data fetch mnist >&2

# The kernels that the launcher tells OpenBLAS on this processor; the harness gives them to this project's own engines alone.
kernels=$("$home/featuremap" --print-settings | sed -n 's/^blas kernels //p')
[ "$kernels" = 'its own choice' ] || export OPENBLAS_CORETYPE=$kernels

build_bench() { # MAVEN'S ARGUMENT...
  local natives
  natives=$("$home/featuremap" --print-natives)
  [ "$natives" != none ] || natives=
  mvn -B -q -f "$home/bench/pom.xml" "$@" process-classes -Dquick -Dnatives.extension="$natives" >&2
}

start_engines() { # CLASS ARGUMENT...
  local class=$1
  shift
  build_bench -pl engines -am
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(getconf _NPROCESSORS_ONLN)}
  set -a
  . "$home/conf/native.env"
  set +a
  exec "$java" "@$home/conf/jvm.options" -Xmx768m -Dorg.bytedeco.javacpp.maxbytes=4g \
    -Dfeaturemap.home="$home" -cp "$home/bench/engines/target/classes:$(cat "$home/bench/target/engines.classpath")" \
    "dev.featuremap.bench.engines.$class" "$@"
}

start_test_program() { # CLASS ARGUMENT...: a program that lies among the tests
  mvn -B -q -f "$home/pom.xml" -Dquick test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$home/target/test.classpath" >&2
  "$java" -cp "$home/target/classes:$home/target/test-classes:$(cat "$home/target/test.classpath")" "$@"
}
