using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Where the text of a cell leads, as <see cref="LinkText"/> says it, which is asked only for what may be an address.</summary>
internal static class CellLink
{
    /// <summary>The address; null for other text.</summary>
    public static Uri? Of(ReadOnlySpan<char> text) =>
        (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) || text.Contains('@'))
            && LinkText.Of(text.ToString()) is { } address && Uri.TryCreate(address, UriKind.Absolute, out var link) ? link : null;
}
