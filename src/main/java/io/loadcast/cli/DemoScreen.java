package io.loadcast.cli;

import io.loadcast.logging.LogFormat;
import io.loadcast.view.GridView;
import io.loadcast.view.RegionView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * The live view of a demo: a table that is drawn over itself on a terminal, a line of progress every few seconds elsewhere. Has a
 * thread of its own until it is closed.
 */
final class DemoScreen implements AutoCloseable {
    private static final int MAX_ROWS = 24;
    private static final long REDRAW_MILLIS = 250;
    private static final long LINE_MILLIS = 3000;

    private final GridView view;
    private final Notices notices;
    private final PrintWriter target;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "demo-screen"));
    private int drawnLines;

    private DemoScreen(GridView view, CommandLine command) {
        this.view = view;
        this.notices = Notices.of(command);
        this.target = command.getErr();
    }

    static DemoScreen show(GridView view, CommandLine command) {
        DemoScreen screen = new DemoScreen(view, command);
        if (Terminal.canRedraw() && LogFormat.chosen() == LogFormat.TEXT) {
            screen.timer.scheduleAtFixedRate(screen::draw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            screen.timer.scheduleAtFixedRate(screen::printLine, LINE_MILLIS, LINE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return screen;
    }

    private void draw() {
        List<RegionView> regions = view.regions();
        StringBuilder text = new StringBuilder();
        if (drawnLines > 0) {
            text.append("\u001b[").append(drawnLines).append('A');
        }
        List<String> lines = RegionTable.lines(regions.subList(0, Math.min(regions.size(), MAX_ROWS)));
        lines.forEach(line -> text.append(line).append("\u001b[K\n"));
        if (regions.size() > MAX_ROWS) {
            text.append("… and ").append(regions.size() - MAX_ROWS).append(" more\u001b[K\n");
        }
        drawnLines = lines.size() + (regions.size() > MAX_ROWS ? 1 : 0);
        target.print(text);
        target.flush();
    }

    private void printLine() {
        long forecasts =
                view.regions().stream().mapToLong(RegionView::forecasts).sum();
        notices.say(String.format(
                Locale.ROOT,
                "%,d readings, %,d forecasts, %,d dead letters",
                view.readings(),
                forecasts,
                view.deadLetters()));
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (drawnLines > 0) {
            // The summary takes the table's place.
            target.print("\u001b[" + drawnLines + "A\u001b[J");
            target.flush();
        }
    }
}
