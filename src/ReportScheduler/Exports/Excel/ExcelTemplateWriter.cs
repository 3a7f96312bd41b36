using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>A workbook of the user's own whose tables get the rows of the datasets.</summary>
/// <remarks>
/// It is patched as zip parts and never opened by a library that would drop what it does not know. Charts, names, conditional formats and
/// pivots follow the rows; a totals row moves down, and what stands beside the table stays; other content below the table is refused,
/// because Excel's own way of shifting it cannot be repeated here.
/// </remarks>
internal sealed class ExcelTemplateWriter : IReportWriter
{
    private readonly ReportDocument document;
    private readonly TemplateBook book;
    private readonly OutputFile file;
    private readonly PackageWriter package;
    private readonly ExcelStyles styles;
    private readonly List<TemplateTable> tables = [];
    private IReadOnlyList<TableGrowth>? longest;

    public ExcelTemplateWriter(ReportDocument document)
    {
        this.document = document;
        book = new TemplateBook(document.Task.Template!);
        styles = new ExcelStyles(book.Change(book.StylesPart), _ => 0);
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Excel)));
        package = new PackageWriter(file.Stream, document.DataAt.DateTime) { IsSmall = document.IsSmall };
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        longest ??= TemplateTables.Longest(document.Task, book);
        tables.Add(new TemplateTable(document, book, dataset, TemplateTables.NameOf(document.Task, dataset, book), columns, package, styles,
            longest));
    }

    public void Write(RowBatch rows) => tables[^1].Write(rows);

    public void End(CancellationToken cancellation) => tables[^1].End();

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        var references = new TemplateReferences([.. tables.Select(table => table.Growth)]);
        tables.ForEach(table => table.Complete(references));
        references.Follow(book);
        book.ForgetCalculationOrder();
        book.Take(book.StylesPart);
        package.Add(book.StylesPart, styles.ToXml());
        book.Write(package);
        package.Complete();
        return [file.Complete()];
    }

    public void Dispose()
    {
        tables.ForEach(table => table.Dispose());
        file.Dispose();
        book.Dispose();
    }
}
