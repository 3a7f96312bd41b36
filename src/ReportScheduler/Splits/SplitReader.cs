using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Splits;

/// <summary>One reader of the part of a key, as a row of -Recipients says. What it leaves open is as the task says.</summary>
/// <param name="Key">The key.</param>
/// <param name="To">The recipients; null for those of the task.</param>
/// <param name="Cc">The recipients of a copy; null for those of the task.</param>
/// <param name="Bcc">The recipients of a blind copy; null for those of the task.</param>
/// <param name="Format">The files; null for those of the task.</param>
/// <param name="Culture">The culture; null for that of the task.</param>
/// <param name="Values">The row, for templates.</param>
internal sealed record SplitReader(
    string Key, string? To, string? Cc, string? Bcc, ReportFormat[]? Format, string? Culture,
    IReadOnlyList<KeyValuePair<string, Cell>> Values)
{
    /// <summary>Readers with the same one share the files.</summary>
    public string Look => string.Create(CultureInfo.InvariantCulture, $"{(Format is null ? "" : string.Join(',', Format))}|{Culture}");

    /// <summary>Readers with the same one are one row that stands there twice.</summary>
    public string Identity => $"{Look}|{To}|{Cc}|{Bcc}";
}
