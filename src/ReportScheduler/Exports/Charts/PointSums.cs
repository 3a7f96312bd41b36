namespace ReportScheduler.Exports.Charts;

/// <summary>What the rows of one point of a chart come to.</summary>
/// <param name="series">How many series there are.</param>
internal sealed class PointSums(int series)
{
    private readonly double[] sums = new double[series];
    private readonly long[] counts = new long[series];

    public long Rows { get; private set; }

    /// <summary>The value of a series; not a number where no row has one.</summary>
    public double Value(int of, bool isAverage) => counts[of] == 0 ? double.NaN : isAverage ? sums[of] / counts[of] : sums[of];

    public void Add(ReadOnlySpan<double> values)
    {
        Rows++;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                sums[i] += values[i];
                counts[i]++;
            }
        }
    }

    public void Add(PointSums other)
    {
        Rows += other.Rows;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += other.sums[i];
            counts[i] += other.counts[i];
        }
    }
}
