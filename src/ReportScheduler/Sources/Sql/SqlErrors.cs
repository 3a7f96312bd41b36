namespace ReportScheduler.Sources.Sql;

internal static class SqlErrors
{
    public static ReportException QueryHasNul(string dataset, int place) =>
        new(nameof(QueryHasNul), ReportErrorCategory.InvalidData, dataset,
            $"The query '{dataset}' has a NUL character at place {place + 1}, where databases end a text. Leave it out; for a value with NUL in it use a parameter.");
}
