using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What a query gives behind the results that were wanted.</summary>
internal static class FurtherResults
{
    /// <summary>What becomes of the first result where the others are not in a report.</summary>
    public const string InReport = "is in the report. -AllResults makes a dataset of each";

    /// <summary>What becomes of the first result where rows are read without a report.</summary>
    public const string AsRows = "gives rows here. Ask for the others one by one";

    /// <summary>Runs what stands behind the first result as well, and says so when it gives rows.</summary>
    public static void Warn(string dataset, IRowResults results, string fate, Action<string> warn)
    {
        var more = 0;
        while (results.Next())
        {
            more++;
        }

        if (more > 0)
        {
            warn($"The query '{dataset}' gave {more + 1} results, and only the first {fate}.");
        }
    }
}
