namespace ReportScheduler.Sources.Sql;

internal static class SqlErrors
{
    public static ReportException ListNotUsable(string name, int count, string before) =>
        new(nameof(ListNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The parameter '{name}' is a list of {count} values, and stands behind '{before}', where one value belongs. "
                + $"Write IN (@{name}) in the query, or give one value.");

    public static ReportException QueryHasNul(string dataset, int place) =>
        new(nameof(QueryHasNul), ReportErrorCategory.InvalidData, dataset,
            $"The query '{dataset}' has a NUL character at place {place + 1}, where databases end a text. Leave it out; "
                + "for a value with NUL in it use a parameter.");
}
