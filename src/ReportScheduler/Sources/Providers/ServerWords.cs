namespace ReportScheduler.Sources.Providers;

/// <summary>What a server says beside the rows, as it is kept with a run.</summary>
internal static class ServerWords
{
    private const int Longest = 2000;

    public static void Pass(Action<string> tell, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            tell(text.Length <= Longest ? text.TrimEnd() : text[..(Longest - 3)] + "...");
        }
    }
}
