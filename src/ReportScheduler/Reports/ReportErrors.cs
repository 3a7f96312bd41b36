namespace ReportScheduler;

internal static class ReportErrors
{
    public static ReportException ColumnOptionNotUsable(string option, string column, object? value, string allowed) =>
        new(nameof(ColumnOptionNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -{option} of the column '{column}'. Give {allowed}.");

    /// <param name="column">The column.</param>
    /// <param name="value">The rule.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="advice">What to do; null for the rules that there are.</param>
    public static ReportException HighlightNotUsable(string column, object? value, string reason, string? advice = null) =>
        new(nameof(HighlightNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -Highlight of the column '{column}': {reason}. "
                + (advice ?? "Give rules such as 'greater 1000 red', 'between 1 5', 'text Paris green', 'top 10', 'databar', 'colorscale' "
                + "or 'icons'."));
}
