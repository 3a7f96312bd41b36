namespace ReportScheduler;

internal static class ReportErrors
{
    public static ReportException ColumnOptionNotUsable(string option, string column, object? value, string allowed) =>
        new(nameof(ColumnOptionNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -{option} of the column '{column}'. Give {allowed}.");

    public static ReportException HighlightNotUsable(string column, object? value, string reason) =>
        new(nameof(HighlightNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -Highlight of the column '{column}': {reason}. "
                + "Give rules such as 'greater 1000 red', 'between 1 5', 'text Paris green', 'top 10', 'databar', 'colorscale' "
                + "or 'icons'.");
}
