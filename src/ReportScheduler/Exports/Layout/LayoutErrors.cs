namespace ReportScheduler.Exports.Layout;

internal static class LayoutErrors
{
    public static ReportException AllColumnsHidden(string dataset) =>
        new(nameof(AllColumnsHidden), ReportErrorCategory.InvalidArgument, dataset,
            $"-Hide hides every column of the dataset '{dataset}', and nothing is left to show. Leave one out of -Hide.");
}
