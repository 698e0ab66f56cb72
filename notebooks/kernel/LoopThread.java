package org.rapaio.jupyter.kernel.channels;

/**
 * A thread of the Java kernel that runs one piece of work again and again, in place of rapaio-jupyter-kernel 3.0.1's class
 * of this name. That one can end before it began, as it says that it runs only after it was started; and it ends for
 * good when Jupyter's first message comes before the kernel can answer it. Here the message is lost and Jupyter, which
 * repeats it, gets its answer.
 */
public final class LoopThread extends Thread {
    private final long pauseMillis;
    private final Runnable work;
    private volatile boolean running = true;

    public LoopThread(String name, long pauseMillis, Runnable work) {
        super(name);
        this.pauseMillis = pauseMillis;
        this.work = work;
    }

    @Override
    public void run() {
        while (running) {
            try {
                work.run();
            } catch (RuntimeException e) {
                System.err.println(getName() + " lost a message: " + e);
            }
            try {
                sleep(pauseMillis);
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    /** Ends it after the piece of work it is at. */
    public void shutdown() {
        running = false;
    }
}
