using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>An Excel workbook: one worksheet with a table per dataset, more where the rows do not fit one.</summary>
/// <remarks>Rows are streamed into the sheet parts and deflated on all cores;
/// everything that depends on them is written behind them.</remarks>
internal sealed class ExcelWriter : IReportWriter
{
    private static readonly HotMethods Hot = new(typeof(SheetWriter), typeof(ExcelColumn), typeof(CellOpenings), typeof(ExcelNumber),
        typeof(ColumnTexts), typeof(SharedTexts), typeof(ExcelText), typeof(DatasetSheets));

    private readonly ReportDocument document;
    private readonly int rowsPerSheet;
    private readonly OutputFile file;
    private readonly PackageWriter package;
    private readonly SkeletonParts skeleton;
    private readonly ExcelStyles styles;
    private readonly SharedTexts shared = new();
    private readonly SheetNames names = new();
    private readonly List<ExcelSheet> sheets = [];
    private readonly WorkbookDrawings drawings = new();
    private readonly List<NativePivot> pivots = [];
    private DatasetSheets? current;
    private NativePivot? pivot;

    public ExcelWriter(ReportDocument document)
        : this(document, CellReference.MaxRows)
    {
    }

    /// <param name="document">The report.</param>
    /// <param name="rowsPerSheet">How many rows a worksheet holds; fewer in tests.</param>
    internal ExcelWriter(ReportDocument document, int rowsPerSheet)
    {
        this.document = document;
        this.rowsPerSheet = rowsPerSheet;
        Hot.Prepare();
        skeleton = Skeleton.Load(document.Theme, document.Culture.TextInfo.IsRightToLeft);
        styles = new ExcelStyles(skeleton.Styles, role => skeleton.Roles[(int)role], skeleton.Made);
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Excel)), buffer: 0);
        package = new PackageWriter(file.Stream, document.DataAt.DateTime) { IsSmall = document.IsSmall };
    }

    public void BeginSource(string dataset, IReadOnlyList<SourceColumn> columns) =>
        pivot = new NativePivot(document, dataset, columns, (rows, tab) =>
            new DatasetSheets(rows, dataset, columns, rowsPerSheet, package, styles, shared, names, sheets, drawings, tab));

    public void WriteSource(RowBatch rows) => pivot!.Write(rows);

    public void EndSource() => pivot!.EndRows();

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns) =>
        current = new DatasetSheets(document, dataset, columns, rowsPerSheet, package, styles, shared, names, sheets, drawings);

    public void Write(RowBatch rows) => current!.Write(rows);

    public void End(CancellationToken cancellation)
    {
        current!.End();
        current.Dispose();
        current = null;
        if (pivot is not null)
        {
            pivot.Add(package, styles, names, sheets);
            pivots.Add(pivot);
            pivot = null;
        }
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        package.Add("xl/styles.xml", styles.ToXml());
        for (var number = 1; number <= pivots.Count; number++)
        {
            pivots[number - 1].Define(package, number, styles.FormatId);
        }

        package.Add("xl/theme/theme1.xml", skeleton.Theme);
        if (shared.Count > 0)
        {
            package.Add("xl/sharedStrings.xml", shared.ToXml());
        }

        WorkbookParts.Add(package, document, sheets, drawings, shared.Count > 0, pivots.Count);
        package.Complete();
        return [file.Complete()];
    }

    public void Dispose()
    {
        current?.Dispose();
        pivot?.Dispose();
        file.Dispose();
    }
}
