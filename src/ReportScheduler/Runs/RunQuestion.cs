using System.Globalization;

namespace ReportScheduler.Runs;

/// <summary>Whether a run asks what its task asks: one that a person or a program gave other parameters is no result that later ones are
/// held against.</summary>
/// <remarks>A run under the key of the schedule is that of its instant, whatever an outer scheduler gave it.</remarks>
internal static class RunQuestion
{
    public static bool IsOther(ReportTask task, ReportRun run) => run.Trigger != RunTrigger.Schedule
        && run.Parameters is { Count: > 0 } given
        && given.Keys.Cast<string>().Any(name => !AreSame(given[name], task.Parameters?[name]));

    // a database may tell the text 5 from the number 5
    private static bool AreSame(object? one, object? other) => one is string == other is string && Text(one) == Text(other);

    private static string Text(object? value) => value is System.Collections.IEnumerable and not string
        ? string.Join('\n', ((System.Collections.IEnumerable)value).Cast<object?>().Select(Text))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
