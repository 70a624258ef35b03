package io.loadcast.training;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;

import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.EpochHour;
import io.loadcast.zoo.LinearForecast;
import java.time.ZonedDateTime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseMatrix.CholeskyFactorization;
import org.tribuo.math.la.DenseVector;

/**
 * Ridge regression in closed form (Hoerl and Kennard 1970): for each hour of the week, coefficients β that minimise
 * ‖Xβ − Y‖² + penalty·‖β‖² over all training hours, from the normal equations (XᵀX + penalty·I) β = XᵀY. A row of X is the
 * log-ratios of the lags and a one for the bias, which is not penalised; a row of Y the log-ratios ahead.
 */
public final class RidgeFit {
    /** The penalty, unless training is told another: little enough that where data are plenty, they decide. */
    public static final double USUAL_PENALTY = 0.1;

    private final int lags;
    private final int horizon;
    /** Upper triangles of XᵀX. */
    private final double[][] gram;
    /** XᵀY, row-major. */
    private final double[][] moments;

    private final double[] x;
    private final double[] y;

    private RidgeFit(int lags, int horizon) {
        this.lags = lags;
        this.horizon = horizon;
        int columns = lags + 1;
        this.gram = new double[HOURS_OF_WEEK][columns * columns];
        this.moments = new double[HOURS_OF_WEEK][columns * horizon];
        this.x = new double[columns];
        this.y = new double[horizon];
        x[lags] = 1;
    }

    /**
     * Fits to every training hour; on the calling thread.
     *
     * @throws IllegalArgumentException if the penalty is too small for the data
     */
    public static LinearForecast fit(RegionSplits data, int lags, int horizon, double penalty) {
        RidgeFit fit = new RidgeFit(lags, horizon);
        data.training(lags + 1 + horizon, 1, () -> 0).stream()
                .collect(Collectors.groupingBy(HourWindow::series, IdentityHashMap::new, Collectors.toList()))
                .forEach(fit::add);
        return fit.solve(penalty);
    }

    private void add(HourlySeries series, List<HourWindow> windows) {
        double[] logs = new double[series.hours()];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(series.loadMw(i));
        }
        byte[] hoursOfWeek = hoursOfWeek(series);
        for (HourWindow window : windows) {
            addRow(logs, window.start() + lags, Byte.toUnsignedInt(hoursOfWeek[window.start() + lags + 1]));
        }
    }

    /** The hour of the week of each hour of the grid, as an unsigned byte. */
    static byte[] hoursOfWeek(HourlySeries series) {
        byte[] hours = new byte[series.hours()];
        for (int i = 0; i < hours.length; i++) {
            ZonedDateTime local = EpochHour.start(series.epochHour(i)).atZone(series.zone());
            hours[i] = (byte) (24 * (local.getDayOfWeek().getValue() - 1) + local.getHour());
        }
        return hours;
    }

    private void addRow(double[] logs, int anchor, int hourOfWeek) {
        for (int k = 0; k < lags; k++) {
            x[k] = logs[anchor - k - 1] - logs[anchor];
        }
        for (int h = 0; h < horizon; h++) {
            y[h] = logs[anchor + h + 1] - logs[anchor];
        }
        if (isFinite(x) && isFinite(y)) { // a load of zero has no logarithm
            accumulate(gram[hourOfWeek], moments[hourOfWeek]);
        }
    }

    private void accumulate(double[] xx, double[] xy) {
        int columns = lags + 1;
        for (int i = 0; i < columns; i++) {
            double xi = x[i];
            for (int j = i; j < columns; j++) {
                xx[i * columns + j] += xi * x[j];
            }
            for (int h = 0; h < horizon; h++) {
                xy[i * horizon + h] += xi * y[h];
            }
        }
    }

    private LinearForecast solve(double penalty) {
        LinearForecast linear = LinearForecast.zero(lags, horizon);
        for (int w = 0; w < HOURS_OF_WEEK; w++) {
            CholeskyFactorization factors = factors(gram[w], penalty);
            for (int h = 0; h < horizon; h++) {
                // Column by column: with a matrix on the right, Tribuo 4.3.2 solves another equation.
                DenseVector beta = factors.solve(column(moments[w], h));
                for (int k = 0; k < lags; k++) {
                    linear.weights()[(w * lags + k) * horizon + h] = (float) beta.get(k);
                }
                linear.bias()[w * horizon + h] = (float) beta.get(lags);
            }
        }
        return linear;
    }

    private CholeskyFactorization factors(double[] xx, double penalty) {
        int columns = lags + 1;
        DenseMatrix left = new DenseMatrix(columns, columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                left.set(i, j, xx[Math.min(i, j) * columns + Math.max(i, j)]);
            }
            // The bias has no penalty, but an hour of the week without rows must be solvable too.
            left.add(i, i, i < lags ? penalty : 1e-9);
        }
        return left.choleskyFactorization()
                .orElseThrow(
                        () -> new IllegalArgumentException("ridge penalty " + penalty + " is too small for this data"));
    }

    private DenseVector column(double[] xy, int h) {
        DenseVector column = new DenseVector(lags + 1);
        for (int i = 0; i <= lags; i++) {
            column.set(i, xy[i * horizon + h]);
        }
        return column;
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
