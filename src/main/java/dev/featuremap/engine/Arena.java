package dev.featuremap.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory of a chain of calls, taken in one piece once all of them are known. Regions that are never needed at the same time
 * share their place, so the working set stays as near to the processor as it can.
 */
final class Arena {
    /** A cache line and the widest vector. */
    private static final long ALIGNMENT = 64;

    /** Memory for one array; it has a place once the arena is {@linkplain #allocate() allocated}. */
    static final class Region {
        private final long bytes;
        private final List<memory> handles = new ArrayList<>();
        private int firstUse = Integer.MAX_VALUE;
        private int lastUse = -1;
        private long offset;
        private ByteBuffer bytesThere;
        private FloatBuffer floats;

        private Region(long bytes) {
            this.bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }

        /** Keeps the place from being shared by what is used at {@code time}, counted in calls. */
        void use(int time) {
            firstUse = Math.min(firstUse, time);
            lastUse = Math.max(lastUse, time);
        }

        /** Keeps the place for this region alone. */
        void keep() {
            use(0);
            use(Integer.MAX_VALUE - 1);
        }

        /** Has {@code handle} lie here. */
        void bind(memory handle) {
            handles.add(handle);
        }

        /** Has everything bound lie at {@code address}. */
        void moveTo(Pointer address) {
            for (memory handle : handles) {
                handle.set_data_handle(address);
            }
        }

        /** The memory; null where it is foreign. */
        ByteBuffer memory() {
            return bytesThere;
        }

        /** The values; null in foreign memory. */
        FloatBuffer floats() {
            return floats;
        }

        boolean isForeign() {
            return bytes == 0;
        }

        private boolean meets(Region other) {
            return firstUse <= other.lastUse && other.firstUse <= lastUse;
        }
    }

    private final List<Region> regions = new ArrayList<>();

    /** Memory that is not the arena's: whoever has it says where it is, with {@link Region#moveTo}. */
    static Region foreign() {
        return new Region(0);
    }

    Region reserve(long bytes) {
        Region region = new Region(bytes);
        regions.add(region);
        return region;
    }

    /** More than may be taken. */
    static final class TooLarge extends OutOfMemoryError {
        private static final long serialVersionUID = 1L;

        private final long bytes;

        private TooLarge(long bytes, OutOfMemoryError cause) {
            super(cause.getMessage());
            this.bytes = bytes;
            initCause(cause);
        }

        long bytes() {
            return bytes;
        }
    }

    /**
     * Takes the memory, as a pointer of the open scope, and gives every region its place.
     *
     * @throws TooLarge when there is not as much
     */
    void allocate() {
        long size = place();
        BytePointer base = pointer(size + ALIGNMENT);
        long start = (ALIGNMENT - base.address() % ALIGNMENT) % ALIGNMENT;
        for (Region region : regions) {
            BytePointer at = base.getPointer(start + region.offset);
            region.moveTo(at);
            region.bytesThere = at.limit(region.bytes).asByteBuffer();
            region.floats = region.bytesThere.asFloatBuffer();
        }
    }

    private static BytePointer pointer(long bytes) {
        try {
            return new BytePointer(bytes);
        } catch (OutOfMemoryError e) {
            throw new TooLarge(bytes, e);
        }
    }

    /** The lowest place at which a region meets no earlier one; returns the size of all. */
    private long place() {
        List<Region> placed = new ArrayList<>();
        long size = 0;
        for (Region region : regions) {
            long offset = 0;
            boolean moved = true;
            while (moved) {
                moved = false;
                for (Region other : placed) {
                    boolean overlaps = offset < other.offset + other.bytes && other.offset < offset + region.bytes;
                    if (overlaps && region.meets(other)) {
                        offset = other.offset + other.bytes;
                        moved = true;
                    }
                }
            }
            region.offset = offset;
            placed.add(region);
            size = Math.max(size, offset + region.bytes);
        }
        return size;
    }
}
