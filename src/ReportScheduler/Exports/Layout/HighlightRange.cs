namespace ReportScheduler.Exports.Layout;

/// <summary>Least, greatest and middle of a column's numbers, and its greatest few. Its memory does not grow with the rows.</summary>
internal sealed class HighlightRange
{
    private const int SampleSize = 1 << 15;

    private readonly int top;
    private readonly PriorityQueue<double, double> greatest = new();
    private readonly List<double> sample = [];
    private long seen;
    private long every = 1;
    private double sum;
    private long count;

    // Several threads may draw the cells.
    private readonly Lazy<double> middle;
    private readonly Lazy<double[]> ranking;
    private readonly Lazy<double[]> sorted;

    /// <param name="top">How many of the greatest are kept.</param>
    public HighlightRange(int top)
    {
        this.top = top;
        middle = new Lazy<double>(Middle);
        sorted = new Lazy<double[]>(() => [.. sample.Order()]);
        ranking = new Lazy<double[]>(() => [.. greatest.UnorderedItems.Select(item => item.Element).OrderDescending()]);
    }

    public double Least { get; private set; } = double.NaN;

    public double Greatest { get; private set; } = double.NaN;

    /// <summary>The average of the numbers.</summary>
    public double Average => count == 0 ? double.NaN : sum / count;

    public void Add(double number)
    {
        sum += number;
        count++;
        Least = number >= Least ? Least : number;
        Greatest = number <= Greatest ? Greatest : number;
        if (greatest.Count < top)
        {
            greatest.Enqueue(number, number);
        }
        else if (top > 0 && number > greatest.Peek())
        {
            greatest.EnqueueDequeue(number, number);
        }

        Keep(number);
    }

    /// <summary>Whether a number is among the greatest; equal ones all are, as in Excel.</summary>
    public bool IsTop(double number, int count) =>
        ranking.Value.Length > 0 && number >= ranking.Value[Math.Min(count, ranking.Value.Length) - 1];

    /// <summary>Whether a number is among so great a share of the greatest; at least one is, as in Excel.</summary>
    public bool IsTopShare(double number, double share) =>
        sorted.Value is { Length: > 0 } all && number >= all[^Math.Max(1, (int)(all.Length * share))];

    /// <summary>Where a number stands between the least (0), the middle (0.5) and the greatest (1).</summary>
    public double OnScale(double number)
    {
        var (from, to, start) = number <= middle.Value ? (Least, middle.Value, 0.0) : (middle.Value, Greatest, 0.5);
        return start + (to > from ? (number - from) / (to - from) / 2 : 0);
    }

    /// <summary>Whether there are no two numbers that differ.</summary>
    public bool IsFlat => !(Greatest > Least);

    /// <summary>From where to where the bar of a number is, between 0 and 1: from zero, to the right or to the left.</summary>
    public (double Start, double Length) Bar(double number)
    {
        var (low, high) = (Math.Min(Least, 0), Math.Max(Greatest, 0));
        // halves, so that the room between two huge numbers is a number
        var room = (high / 2) - (low / 2);
        double Place(double value) => ((value / 2) - (low / 2)) / room;
        return room > 0 ? (Place(Math.Min(number, 0)), Place(Math.Max(number, 0)) - Place(Math.Min(number, 0))) : (0, 0);
    }

    /// <summary>Where a number stands between the least (0) and the greatest (1); 1 when all are equal.</summary>
    public double Share(double number) => Greatest > Least ? (number - Least) / (Greatest - Least) : 1;

    // Of very many numbers every second, fourth, ... one: the middle of a colour scale needs no more.
    private void Keep(double number)
    {
        if (seen++ % every != 0)
        {
            return;
        }

        if (sample.Count == SampleSize)
        {
            var kept = sample.Where((_, place) => place % 2 == 0).ToList();
            sample.Clear();
            sample.AddRange(kept);
            every *= 2;
            if ((seen - 1) % every != 0)
            {
                return;
            }
        }

        sample.Add(number);
    }

    private double Middle()
    {
        sample.Sort();
        return sample.Count == 0 ? 0 : (sample[(sample.Count - 1) / 2] + sample[sample.Count / 2]) / 2;
    }
}
