namespace ReportScheduler.Store;

/// <summary>Labels of runners, and the tasks that only runners with one of them take.</summary>
internal static class RunnerLabels
{
    /// <summary>What a Kubernetes label may have, too.</summary>
    private const int Longest = 63;

    public const string Allowed = "up to 63 letters, digits, dots, hyphens and underscores, such as dmz";

    public static bool IsLabel(string text) => text.Length is > 0 and <= Longest
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <exception cref="ReportException">LabelNotUsable.</exception>
    public static void Check(IEnumerable<string> labels)
    {
        if (labels.FirstOrDefault(label => !IsLabel(label)) is { } bad)
        {
            throw StoreErrors.LabelNotUsable(bad, Allowed);
        }
    }

    /// <summary>The labels of the runners that are alive.</summary>
    public static IReadOnlySet<string> Alive(IRunnerRegistry runners) =>
        runners.List().SelectMany(runner => runner.Labels).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of the tasks that a runner with these labels leaves to others.</summary>
    public static IReadOnlyList<string> LeftToOthers(IEnumerable<ReportTask> tasks, IReadOnlyCollection<string> labels) =>
        [.. tasks.Where(task => task.RunOn is { } label && !labels.Contains(label, StringComparer.OrdinalIgnoreCase))
            .Select(task => task.Id)];
}
