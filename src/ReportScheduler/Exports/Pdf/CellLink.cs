namespace ReportScheduler.Exports.Pdf;

/// <summary>Where the text of a cell leads that is an address of the web or of mail, and nothing else.</summary>
internal static class CellLink
{
    private const string Mail = "mailto:";

    /// <summary>The address; null for other text.</summary>
    public static Uri? Of(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(' ', '\n') || text.Length is < 6 or > 2000)
        {
            return null;
        }

        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith(Mail, StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(text.ToString(), UriKind.Absolute, out var address) ? address : null;
        }

        var at = text.IndexOf('@');
        return at > 0 && text[(at + 1)..].IndexOf('.') > 0 && !text[(at + 1)..].Contains('@') && !text.ContainsAny("<>()[],;:\"\\/") && !text.EndsWith(".")
            && Uri.TryCreate(Mail + text.ToString(), UriKind.Absolute, out var mail) ? mail : null;
    }
}
