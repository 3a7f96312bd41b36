using System.Globalization;

namespace ReportScheduler.Rows;

/// <summary>A number in the one form that all cells with its value have: 1, 1.0 and 1.00 are the integer 1, and 0.5 is a
/// decimal whatever the database calls it.</summary>
internal static class PlainNumber
{
    // dividing by it takes the zeros behind the decimal mark away
    private const decimal One = 1.000000000000000000000000000000000m;

    // the doubles between them are those that a long has room for
    private const double Least = -9223372036854775808d;
    private const double Beyond = 9223372036854775808d;

    /// <summary>Whether it is a number of any kind.</summary>
    public static bool IsNumber(in Cell cell) => cell.Kind is CellKind.Integer or CellKind.Decimal or CellKind.Double;

    /// <summary>The cell itself when it is no number, or one that only a double has room for.</summary>
    public static Cell Of(Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Decimal:
                Set(ref cell, cell.Decimal);
                break;
            case CellKind.Double when cell.Double == Math.Truncate(cell.Double) && cell.Double is >= Least and < Beyond:
                cell.SetInteger((long)cell.Double);
                break;
            case CellKind.Double when Shortest(cell.Double) is { } number:
                Set(ref cell, number);
                break;
        }

        return cell;
    }

    private static void Set(ref Cell cell, decimal number)
    {
        if (number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
        {
            cell.SetInteger((long)number);
        }
        else
        {
            cell.SetDecimal(number / One);
        }
    }

    /// <summary>The number that a person reads in a double; null for one that no decimal has room for.</summary>
    private static decimal? Shortest(double number)
    {
        Span<char> text = stackalloc char[32];
        return number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture)
            && decimal.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && (double)exact == number
            ? exact
            : null;
    }
}
