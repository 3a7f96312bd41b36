using System.Globalization;
using System.IO.Compression;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports;

/// <summary>Writes a workbook: a worksheet per dataset, its rows streamed into the zip as they come.</summary>
internal sealed class ExcelWriter : IReportWriter
{
    private readonly ReportDocument document;
    private readonly OutputFile file;
    private readonly ZipArchive zip;
    private readonly ExcelStyles styles = new();
    private readonly List<ExcelSheet> sheets = [];
    private ExcelSheet? open;
    private IReadOnlyList<LaidOutColumn> columns = [];
    private string dataset = "";

    public ExcelWriter(ReportDocument document)
    {
        this.document = document;
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Excel)));
        zip = new ZipArchive(file.Stream, ZipArchiveMode.Create, leaveOpen: true);
    }

    public void Begin(string dataset, IReadOnlyList<ReportColumn> columns)
    {
        this.dataset = dataset;
        this.columns = ColumnLayout.Of(document, dataset, columns);
        if (this.columns.Count > ExcelSheet.MostColumns)
        {
            throw ReportError.TooManyColumns(dataset, this.columns.Count);
        }

        open = null;
    }

    public void Write(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (open is null)
            {
                Open(rows, row);
            }
            else if (open.IsFull)
            {
                open.Close(withTotals: false);
                Open(rows, row);
            }

            open!.Write(rows[row]);
        }
    }

    public void End(CancellationToken cancellation)
    {
        if (open is null)
        {
            Open(new RowBatch(0), 0);
        }

        open!.Close(withTotals: true);
        open = null;
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        new ExcelBook(document, sheets, styles).Write(zip);
        zip.Dispose();
        return [file.Complete()];
    }

    public void Dispose()
    {
        open?.Dispose();
        try
        {
            zip.Dispose();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // An unfinished archive on a full disk; the file goes anyway.
        }

        file.Dispose();
    }

    /// <summary>The next sheet of the dataset. Its widths come from the first rows, which the batch holds.</summary>
    private void Open(RowBatch rows, int from)
    {
        var number = sheets.Count + 1;
        var entry = zip.CreateEntry($"xl/worksheets/sheet{number.ToString(CultureInfo.InvariantCulture)}.xml", CompressionLevel.Fastest);
        var name = ExcelNames.Sheet(dataset, [.. sheets.Select(sheet => sheet.Name)]);
        open = new ExcelSheet(number, name, ExcelNames.Table(dataset, number), columns, styles, document, entry.Open());
        open.Begin(rows, from);
        sheets.Add(open);
    }
}
