namespace ReportScheduler.Conditions;

/// <summary>What must hold of a result for something to happen, such as <c>rows &gt; 100 and max(lag_s) &gt; 60</c>.</summary>
/// <param name="Text">As a person wrote it.</param>
/// <param name="Root">As it was understood.</param>
internal sealed record Condition(string Text, ConditionNode Root)
{
    /// <summary>What messages call it.</summary>
    public string Subject { get; init; } = "condition";

    /// <summary>The condition of -SendWhen; null for Always.</summary>
    /// <exception cref="ReportException">ConditionNotUsable.</exception>
    public static Condition? OfSendWhen(string text) =>
        Enum.TryParse<SendWhen>(text, ignoreCase: true, out var word) && Enum.IsDefined(word) && !char.IsDigit(text[0])
        ? word switch
        {
            SendWhen.HasRows => Parse(text, "rows > 0"),
            SendWhen.NoRows => Parse(text, "rows = 0"),
            SendWhen.Changed => Parse(text, "added > 0 or removed > 0 or changed > 0"),
            SendWhen.NewRows => Parse(text, "added > 0"),
            _ => null,
        }
        : Parse(text, text);

    /// <summary>The figures that it asks for.</summary>
    public IEnumerable<ConditionTerm.Figure> Figures() =>
        Root.Comparisons().SelectMany(comparison => new[] { comparison.Left, comparison.Right }).OfType<ConditionTerm.Figure>();

    /// <summary>Whether it asks what is new, gone or other than in the last result.</summary>
    public bool AsksForChanges => Figures().Any(figure => figure.IsChange);

    /// <summary>Looks whether every dataset that it names is there.</summary>
    /// <exception cref="ReportException">ConditionDatasetUnknown.</exception>
    public void CheckDatasets(ReportTask task)
    {
        var names = task.Datasets.Select(task.NameOf).ToList();
        foreach (var figure in Figures())
        {
            // further results have names that are known when it runs
            if (figure.Dataset is { } dataset && !task.AllResults && !names.Contains(dataset, StringComparer.OrdinalIgnoreCase))
            {
                throw ConditionErrors.ConditionDatasetUnknown(Subject, Text, dataset, names);
            }
        }
    }

    /// <param name="shown">The condition as a person wrote it.</param>
    /// <param name="text">The same with what it leaves out.</param>
    /// <param name="wrong">The error of a place in it and what is wrong there; null for that of a condition.</param>
    /// <exception cref="ReportException">ConditionNotUsable, or what was given for what is wrong.</exception>
    public static Condition Parse(string shown, string text, Func<int, string, ReportException>? wrong = null) =>
        new(shown, new ConditionParser(text, wrong).Parse());
}
