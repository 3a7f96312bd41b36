namespace ReportScheduler.Exports.Charts;

/// <summary>What the rows of one point of a chart come to.</summary>
internal sealed class PointSums
{
    private double[] sums = [];
    private long[] counts = [];

    public long Rows { get; private set; }

    /// <summary>The value of a series, or of several together; not a number where no row has one.</summary>
    public double Value(ReadOnlySpan<int> of, bool isAverage)
    {
        var (sum, count) = (0d, 0L);
        foreach (var series in of)
        {
            if (series < sums.Length)
            {
                sum += sums[series];
                count += counts[series];
            }
        }

        return count == 0 ? double.NaN : isAverage ? sum / count : sum;
    }

    /// <param name="values">The values of a row.</param>
    /// <param name="first">The series of the first of them.</param>
    public void Add(ReadOnlySpan<double> values, int first)
    {
        Rows++;
        Grow(first + values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                sums[first + i] += values[i];
                counts[first + i]++;
            }
        }
    }

    public void Add(PointSums other)
    {
        Rows += other.Rows;
        Grow(other.sums.Length);
        for (var i = 0; i < other.sums.Length; i++)
        {
            sums[i] += other.sums[i];
            counts[i] += other.counts[i];
        }
    }

    private void Grow(int series)
    {
        if (sums.Length < series)
        {
            Array.Resize(ref sums, series);
            Array.Resize(ref counts, series);
        }
    }
}
