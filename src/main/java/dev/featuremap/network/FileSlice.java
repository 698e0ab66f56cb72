package dev.featuremap.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of a file, from one offset to another, as a stream. */
final class FileSlice extends InputStream {
    private final FileChannel file;
    private final long end;
    private long position;

    FileSlice(FileChannel file, long start, long end) {
        this.file = file;
        this.position = start;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int count = file.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, end - position)), position);
        position += Math.max(count, 0);
        return count;
    }
}
