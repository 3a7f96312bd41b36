namespace ReportScheduler.Text;

/// <summary>The beginning of a long text, in one line, for messages and lists.</summary>
internal static class Excerpt
{
    private const int Longest = 80;
    private const int Most = 4_096;

    public static string Of(string text)
    {
        var begin = text.Length <= Most ? text : text[..Most];
        var line = string.Join(' ', begin.Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..(Longest - 3)] + "...";
    }
}
