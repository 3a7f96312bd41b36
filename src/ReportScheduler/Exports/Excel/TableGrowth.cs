using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Excel;

/// <summary>Moves the end of ranges that end where a template's table did.</summary>
internal sealed partial class TableGrowth(string sheet, int left, int right, int headerRow, int oldBottom, int newBottom)
{
    /// <summary>A formula of a chart or a name: ranges on the table's sheet.</summary>
    public string Formula(string formula) => OnSheet().Replace(formula, match =>
    {
        var name = match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("''", "'", StringComparison.Ordinal) : match.Groups["plain"].Value;
        return name.Equals(sheet, StringComparison.OrdinalIgnoreCase)
            ? match.Value[..(match.Groups["range"].Index - match.Index)] + Ranges(match.Groups["range"].Value)
            : match.Value;
    });

    /// <summary>Ranges of the table's sheet with spaces between them.</summary>
    public string Ranges(string ranges) => string.Join(' ', ranges.Split(' ').Select(Range));

    private string Range(string range)
    {
        var ends = range.Split(':');
        if (ends.Length != 2)
        {
            return range;
        }
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[1]);
        return to.Row == oldBottom && from.Row >= headerRow && from.Column >= left && to.Column <= right
            ? $"{ends[0]}:{LastRow().Replace(ends[1], $"{newBottom}")}"
            : range;
    }

    [GeneratedRegex(@"(?:'(?<quoted>(?:[^']|'')+)'|(?<plain>[\w.]+))!(?<range>\$?[A-Za-z]{1,3}\$?\d+:\$?[A-Za-z]{1,3}\$?\d+)")]
    private static partial Regex OnSheet();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex LastRow();
}
