namespace ReportScheduler.Conditions;

/// <summary>What a run says about its condition.</summary>
internal static class ConditionSentence
{
    private const string Before = "; it was true before";

    /// <param name="condition">The condition.</param>
    /// <param name="isTrue">Whether it is true.</param>
    /// <param name="found">The figures, as people read them.</param>
    public static string Of(string? condition, bool isTrue, string found) => $"{Start(condition, isTrue)}{found}";

    /// <summary>That the condition of a run was true, and is not true any more.</summary>
    public static string Recovered(string sentence) => sentence + Before;

    /// <summary>The figures in the sentence of a run; null where it says something else.</summary>
    public static string? Found(ReportRun run)
    {
        var start = Start(run.ConditionText, isTrue: !run.IsRecovery);
        return run.Condition?.StartsWith(start, StringComparison.Ordinal) != true ? null
            : run.IsRecovery ? run.Condition[start.Length..].Replace(Before, "", StringComparison.Ordinal) : run.Condition[start.Length..];
    }

    private static string Start(string? condition, bool isTrue) => $"'{condition}' is {(isTrue ? "true" : "not true")}: ";
}
