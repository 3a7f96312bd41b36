using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The value that a group or a column of a matrix is about, as people read it: one is told from the other also where there is
/// little to see.</summary>
internal static class KeyWords
{
    /// <summary>NULL.</summary>
    public const string Nothing = "–";

    /// <param name="key">The value.</param>
    /// <param name="text">The value as it is shown elsewhere.</param>
    /// <param name="words">The words of the report.</param>
    public static string Of(in Cell key, string text, ReportWords words) =>
        key.Kind == CellKind.Null ? Nothing
        : text.Length == 0 ? words["empty"]
        : string.IsNullOrWhiteSpace(text) ? $"\"{text.ReplaceLineEndings(" ")}\""
        : text.ReplaceLineEndings(" ");
}
