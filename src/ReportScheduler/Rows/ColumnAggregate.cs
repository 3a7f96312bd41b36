using System.Globalization;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Rows;

/// <summary>Sum, average, count, minimum, maximum and the number of different values of
/// one column, as SQL has them: NULL counts for nothing.</summary>
/// <remarks>
/// Integers and decimals add up exactly, whatever their size; times to a time; doubles to the fifteen digits that they are good for. Text,
/// dates and true or false have no sum and no average. Texts are compared by their characters.
/// </remarks>
/// <param name="column">The column: a number that is too long for any type comes as text in a column of decimals or doubles.</param>
/// <param name="wanted">What will be asked for; the rest is not kept.</param>
internal sealed class ColumnAggregate(SourceColumn column, ColumnTotal wanted)
{
    /// <summary>How many kinds of totals there are.</summary>
    public const int Kinds = 6;

    private const int LeastDigits = 10;

    private readonly ExactSum exact = new();
    private readonly DistinctValues? distinct = wanted.HasFlag(ColumnTotal.Distinct) ? new() : null;
    private readonly bool adds = (wanted & (ColumnTotal.Sum | ColumnTotal.Average)) != ColumnTotal.None;
    private readonly bool compares = (wanted & (ColumnTotal.Minimum | ColumnTotal.Maximum)) != ColumnTotal.None;
    private double rough;
    private double lost;
    private bool isRough;
    private Int128 ticks;
    private long times;
    private long numbers;
    private long values;
    private Cell smallest;
    private Cell largest;

    /// <summary>What may be asked for.</summary>
    public ColumnTotal Wanted => wanted;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in Cell cell)
    {
        if (cell.Kind == CellKind.Null)
        {
            return;
        }

        values++;
        if (adds)
        {
            AddUp(cell);
        }

        if (compares)
        {
            Compare(cell);
        }

        distinct?.Add(cell, column.Name);
    }

    /// <summary>Adds what another one has, of the same column.</summary>
    public void Add(ColumnAggregate other)
    {
        values += other.values;
        numbers += other.numbers;
        times += other.times;
        ticks += other.ticks;
        exact.Add(other.exact);
        isRough |= other.isRough;
        AddUp(other.rough);
        lost += other.lost;
        if (other.smallest.Kind != CellKind.Null)
        {
            Compare(other.smallest);
            Compare(other.largest);
        }

        if (other.distinct is not null)
        {
            distinct?.Add(other.distinct);
        }
    }

    /// <summary>Begins again, as if nothing had been added.</summary>
    public void Clear()
    {
        exact.Clear();
        distinct?.Clear();
        (rough, lost, isRough, ticks, times, numbers, values, smallest, largest) = (0, 0, false, 0, 0, 0, 0, default, default);
    }

    /// <summary>One of the values.</summary>
    public Cell Of(ColumnTotal total) => total switch
    {
        ColumnTotal.Sum => Sum(),
        ColumnTotal.Average => Average(),
        ColumnTotal.Count => Whole(values),
        ColumnTotal.Minimum => smallest,
        ColumnTotal.Maximum => largest,
        ColumnTotal.Distinct => Whole(distinct?.Count ?? 0),
        _ => default,
    };

    /// <summary>One of the values as it is written: an average of exact numbers keeps two digits more than they have, and ten at least, so
    /// that a share of ones and zeros is no rounded one under a format of its own.</summary>
    public Cell Shown(ColumnTotal total)
    {
        var cell = Of(total);
        if (total == ColumnTotal.Average && cell.Kind == CellKind.Decimal)
        {
            Set(ref cell, Math.Round(cell.Decimal, Math.Clamp(exact.Scale + 2, LeastDigits, 28), MidpointRounding.AwayFromZero));
        }

        return cell;
    }

    private static Cell Whole(long number)
    {
        var cell = new Cell();
        cell.SetInteger(number);
        return cell;
    }

    /// <summary>Null when there was no number and no time.</summary>
    private Cell Sum()
    {
        var cell = new Cell();
        if (numbers > 0)
        {
            if (!isRough && exact.TryGet(out var sum))
            {
                Set(ref cell, sum);
            }
            else
            {
                SetRough(ref cell, Rough());
            }
        }
        else if (times > 0)
        {
            cell.SetTime(Span(ticks));
        }

        return cell;
    }

    /// <summary>Of the numbers or times; null when there was none.</summary>
    private Cell Average()
    {
        var cell = new Cell();
        if (numbers > 0)
        {
            if (!isRough && exact.TryGet(out var sum))
            {
                Set(ref cell, sum / numbers);
            }
            else
            {
                SetRough(ref cell, Rough() / numbers);
            }
        }
        else if (times > 0)
        {
            cell.SetTime(Span(ticks / times));
        }

        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer:
                exact.Add(cell.Int64);
                numbers++;
                break;
            case CellKind.Decimal:
                exact.Add(cell.Decimal);
                numbers++;
                break;
            case CellKind.Double:
                AddUp(cell.Double);
                isRough = true;
                numbers++;
                break;
            case CellKind.Time:
                ticks += cell.Int64;
                times++;
                break;
            case CellKind.Text when LongNumber.MayBeIn(column.Kind) && LongNumber.TryReadAll(cell.Text, out var digits, out var scale):
                exact.Add(digits, scale);
                numbers++;
                break;
        }
    }

    // What the sum has no room for is kept apart (Neumaier), so that the order of the rows does not matter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(double value)
    {
        var sum = rough + value;
        var rest = Math.Abs(rough) >= Math.Abs(value) ? rough - sum + value : value - sum + rough;
        lost += double.IsFinite(rest) ? rest : 0;
        rough = sum;
    }

    private void Compare(in Cell cell)
    {
        if (smallest.Kind == CellKind.Null)
        {
            (smallest, largest) = (cell, cell);
            return;
        }

        var value = Comparable(cell);
        if (CellOrder.Ordinal.Compare(value, Comparable(smallest)) < 0)
        {
            smallest = cell;
        }
        else if (CellOrder.Ordinal.Compare(value, Comparable(largest)) > 0)
        {
            largest = cell;
        }
    }

    private Cell Comparable(in Cell cell)
    {
        if (cell.Kind != CellKind.Text || !LongNumber.MayBeIn(column.Kind) || !LongNumber.IsNumber(cell.Text))
        {
            return cell;
        }

        var number = new Cell();
        if (LongNumber.TryRead(cell.Text, out var value))
        {
            number.SetDecimal(value);
        }
        else
        {
            number.SetDouble(double.Parse(cell.Text, CultureInfo.InvariantCulture));
        }

        return number;
    }

    private double Rough() => exact.ToDouble() + rough + lost;

    private static TimeSpan Span(Int128 ticks) => new((long)Int128.Clamp(ticks, long.MinValue, long.MaxValue));

    private static void Set(ref Cell cell, decimal number)
    {
        if (number.Scale == 0 && number is >= long.MinValue and <= long.MaxValue)
        {
            cell.SetInteger((long)number);
        }
        else
        {
            cell.SetDecimal(number);
        }
    }

    // 15 digits are what a sum of doubles is good for: 0.3 and not 0.30000000000000004.
    private static void SetRough(ref Cell cell, double sum) =>
        cell.SetDouble(
            double.IsFinite(sum) ? double.Parse(sum.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : sum);
}
