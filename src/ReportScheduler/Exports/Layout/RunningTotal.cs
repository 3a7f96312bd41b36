using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>Sum, average and count of one column. Integers and decimals add up exactly; times to a time; other values only count.</summary>
internal sealed class RunningTotal
{
    private decimal exact;
    private double rough;
    private bool isRough;
    private TimeSpan time;
    private long times;
    private long numbers;
    private long values;
    private int scale;

    /// <param name="cell">The value.</param>
    /// <param name="column">What the column's values are: a number that is too long for any type comes as text.</param>
    public void Add(in Cell cell, ColumnKind column)
    {
        values += cell.Kind == CellKind.Null ? 0 : 1;
        switch (cell.Kind)
        {
            case CellKind.Integer: AddExact(cell.Int64); break;
            case CellKind.Decimal: AddExact(cell.Decimal); break;
            case CellKind.Double: AddRough(cell.Double); break;
            case CellKind.Time:
                time += cell.Time;
                times++;
                break;
            case CellKind.Text when column == ColumnKind.Decimal:
                AddLong(cell.Text);
                break;
        }
    }

    public Cell Count()
    {
        var cell = new Cell();
        cell.SetInteger(values);
        return cell;
    }

    /// <summary>Null when there was no number and no time.</summary>
    public Cell Sum()
    {
        var cell = new Cell();
        if (numbers > 0)
        {
            Set(ref cell, exact, rough);
        }
        else if (times > 0)
        {
            cell.SetTime(time);
        }
        return cell;
    }

    /// <summary>Of the numbers or times; null when there was none. Exact numbers keep two digits more than they had.</summary>
    public Cell Average()
    {
        var cell = new Cell();
        if (numbers > 0)
        {
            Set(ref cell, Math.Round(exact / numbers, Math.Min(scale + 2, 28)), rough / numbers);
        }
        else if (times > 0)
        {
            cell.SetTime(time / times);
        }
        return cell;
    }

    private void AddLong(string digits)
    {
        if (LongNumber.TryRead(digits, out var number))
        {
            AddExact(number);
        }
        else if (LongNumber.IsNumber(digits))
        {
            AddRough(double.Parse(digits, CultureInfo.InvariantCulture));
        }
    }

    private void AddExact(decimal value)
    {
        numbers++;
        scale = Math.Max(scale, value.Scale);
        try
        {
            exact += value;
        }
        catch (OverflowException)
        {
            rough += (double)exact + (double)value;
            exact = 0;
            isRough = true;
        }
    }

    private void AddRough(double value)
    {
        numbers++;
        rough += value;
        isRough = true;
    }

    private void Set(ref Cell cell, decimal exactPart, double roughPart)
    {
        if (isRough)
        {
            // 15 digits are what a sum of doubles is good for: 0.3 and not 0.30000000000000004.
            var sum = (double)exactPart + roughPart;
            cell.SetDouble(double.IsFinite(sum) ? double.Parse(sum.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : sum);
        }
        else if (exactPart.Scale == 0 && exactPart is >= long.MinValue and <= long.MaxValue)
        {
            cell.SetInteger((long)exactPart);
        }
        else
        {
            cell.SetDecimal(exactPart);
        }
    }
}
