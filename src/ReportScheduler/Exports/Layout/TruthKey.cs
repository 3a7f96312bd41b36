using System.Globalization;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>The value that tells a group, a line or a column of a matrix from others: where a format shows words for true and false,
/// values that show the same word are one, whatever they are in their databases.</summary>
internal static class TruthKey
{
    /// <summary>Whether a format shows one word for zero and another one for all other numbers.</summary>
    public static bool HasWords(string? format) => WordsFormat.Is(format) && Word(format!, 1) == Word(format!, -1);

    /// <param name="cell">The value.</param>
    /// <param name="hasWords">Whether the format shows words.</param>
    public static Cell Of(in Cell cell, bool hasWords)
    {
        if (!hasWords)
        {
            return cell;
        }

        bool? isTrue = cell.Kind switch
        {
            CellKind.Boolean => cell.Boolean,
            CellKind.Integer => cell.Int64 != 0,
            CellKind.Decimal => cell.Decimal != 0,
            CellKind.Double when !double.IsNaN(cell.Double) => cell.Double != 0,
            _ => null,
        };
        if (isTrue is not { } truth)
        {
            return cell;
        }

        var key = default(Cell);
        key.SetInteger(truth ? 1 : 0);
        return key;
    }

    private static string? Word(string format, int number) =>
        new ExcelFormat(format).Number(number, number, CultureInfo.InvariantCulture, out _);
}
