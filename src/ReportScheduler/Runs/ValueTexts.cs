using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Runs;

/// <summary>The values before and now of one column, as its format shows them.</summary>
/// <remarks>Where a format leaves no difference between the two, both stand there without it; where people's digits leave none, as they
/// are, and a text of nothing in quotes.</remarks>
internal sealed class ValueTexts(LaidOutColumn column, ReportDocument document)
{
    private const int MostBytes = 64;

    private readonly CellText texts = new(column, document.Culture, document.Zone);
    private readonly CellText plain = new(column with { Format = null }, document.Culture, document.Zone);

    /// <summary>Takes notice of values that will be shown.</summary>
    public void See(in Cell before, in Cell now)
    {
        foreach (var shown in new[] { texts, plain })
        {
            shown.See(before);
            shown.See(now);
        }
    }

    /// <summary>Puts words in place of a column's index and of the values before and now.</summary>
    public void Write(Span<Cell> cells)
    {
        var (before, now) = (texts.Of(cells[1]), texts.Of(cells[2]));
        if (before == now)
        {
            (before, now) = (plain.Of(cells[1]), plain.Of(cells[2]));
        }

        if (before == now && !IsLong(cells[1]) && !IsLong(cells[2]))
        {
            (before, now) = (Exact(cells[1]), Exact(cells[2]));
        }

        cells[0].SetText(column.Title);
        Set(ref cells[1], before);
        Set(ref cells[2], now);
    }

    // as hex digits nobody reads it
    private static bool IsLong(in Cell cell) => cell.Kind == CellKind.Binary && cell.Binary.Length > MostBytes;

    private static string Exact(in Cell cell) =>
        cell.Kind is CellKind.Text or CellKind.Json && string.IsNullOrWhiteSpace(cell.Text) ? $"\"{cell.Text}\"" : KeyText.Of(cell) ?? "";

    private void Set(ref Cell cell, string text)
    {
        if (cell.Kind != CellKind.Null)
        {
            cell.SetText(text);
        }
        else if (column.NullText is { } nothing)
        {
            cell.SetText(nothing);
        }
    }
}
