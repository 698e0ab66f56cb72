package dev.featuremap.data;

/** Record readers of pictures, for tests. */
final class Readers {
    private Readers() {}

    /** All pictures in their own order. */
    static PictureRecordReader of(Pictures pictures) {
        return of(pictures, ReadingOrder.sequential(pictures.count()));
    }

    static PictureRecordReader of(Pictures pictures, ReadingOrder order) {
        return new PictureRecordReader(pictures, order);
    }
}
