using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.PdfFile;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Writes the PDF, page by page while the rows come. Only the first rows of a
/// dataset wait, until they have given the columns their widths.</summary>
internal sealed class PdfWriter : IReportWriter
{
    /// <summary>Nobody lays that many pages beside each other.</summary>
    private const int ManyPagesAcross = 4;

    /// <summary>So many pages have left behind as much as the end of a report takes.</summary>
    private const int LongReport = 2_000;

    private readonly ReportDocument document;
    private readonly FontSet regular;
    private readonly FontSet bold;
    private readonly PdfHead head;
    private readonly OutputFile file;
    private readonly PdfDocument pdf;
    private readonly PdfPages pages;
    private readonly ReportPainter painter;
    private readonly PdfCellPictures pictures;
    private readonly List<string> names = [];
    private readonly List<PdfSection> early = [];
    private readonly Action<RowText> give;
    private PdfSection? section;
    private bool isBegun;
    private bool isLengthKnown;
    private bool isLandscape;
    private int spools;

    public PdfWriter(ReportDocument document)
        : this(document, SystemFonts.Default)
    {
    }

    internal PdfWriter(ReportDocument document, SystemFonts system)
    {
        this.document = document;
        regular = FontSet.Open(bold: false, system, document.Theme.Font);
        bold = FontSet.Open(bold: true, system, document.Theme.Font);
        if (document.Theme.Font is { } family && !regular.HasFamily)
        {
            document.Warn($"The font '{family}' of the theme is not on this computer, or may not be embedded; the PDF has Inter instead.");
        }

        head = new PdfHead(document);
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Pdf)));
        pdf = new PdfDocument(file.Stream);
        pictures = new PdfCellPictures(pdf.Objects);
        pages = new PdfPages(pdf, new PdfPen(regular, bold, pdf),
            document.Theme.Footer is { } line ? $"{head.Title} \u00B7 {line}" : head.Title, document.Words)
        {
            Theme = document.Theme,
            IsRightToLeft = document.Culture.TextInfo.IsRightToLeft,
        };
        painter = new ReportPainter(head, pages, () => string.Create(CultureInfo.InvariantCulture, $"{file.Stream.Name}.{spools++}"));
        give = painter.Add;
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        names.Add(document.TitleOf(dataset));
        EndSection();
        var layout = ColumnLayout.Grouped(document, dataset, columns);
        var groups = GroupLayout.Of(document, dataset, columns, layout);
        PdfColumn[] shown = [.. layout.Select(column => Column(column, ColumnHighlight.Of(document.Task, dataset, column.Column)))];
        var sums = new ColumnTotals(layout, document.Words, areGrand: groups is not null);
        section = new PdfSection(document.TitleOf(dataset), shown, sums, regular, bold)
        {
            Charts = ChartData.Of(document, dataset, columns),
            Grouping = groups,
            Pictures = pictures.Of,
            BreaksPages = document.Task.Dataset(dataset).PageBreakPerGroup,
        };
        isBegun = false;
    }

    public void Write(RowBatch rows)
    {
        section!.Add(rows, give);
        if (!isBegun && section.IsFull)
        {
            PaintEarly(section);
            Begin(section);
        }

        GarbageLimit.Check();
    }

    public void End(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        section!.End();
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EndSection();
        PaintEarly(current: null);
        if (!pages.IsOpen)
        {
            pages.Size = Paper(isLandscape: false);
            pages.Next();
            head.Paint(pages);
        }

        head.Finish();
        painter.Complete();
        WarnOfMissing();
        // the fonts of the file are made now, with libraries that are loaded for it
        if (pdf.Pages >= LongReport)
        {
            GarbageLimit.GiveBack();
        }

        pdf.End(Information());
        return [file.Complete()];
    }

    public void Dispose()
    {
        painter.Dispose();
        pdf.Dispose();
        file.Dispose();
        head.Dispose();
        regular.Dispose();
        bold.Dispose();
    }

    private void Begin(PdfSection begun)
    {
        isBegun = true;
        // paper that once lies on its side stays so: a report that is turned from page to page is hard to read
        isLandscape |= document.Task.Orientation == PageOrientation.Landscape
            || (document.Task.Orientation == PageOrientation.Auto
                && !ColumnGroups.Fit(begun.Columns, PdfPages.WidthOf(Paper(isLandscape: false).Width)));
        painter.Begin(begun, names.Count > 1 || document.Task.HasSeveralDatasets, Paper(isLandscape));
        if (begun.Groups.Count >= ManyPagesAcross)
        {
            document.Warn($"The {begun.Columns.Count} columns of '{begun.Name}' need {begun.Groups.Count} pages of the PDF side by "
                + "side. Leave out columns that no one needs: in the query, or with -Hide, -Property or 'New-ReportColumn -Hidden'.");
        }
    }

    private void EndSection()
    {
        if (section is not { } ended)
        {
            return;
        }

        section = null;
        if (isBegun)
        {
            painter.End();
            return;
        }

        early.Add(ended);
        if (isLengthKnown || ContentsNeed.IsLong(early, Paper(isLandscape: false).Height))
        {
            PaintEarly(current: null);
        }
    }

    /// <summary>Paints the datasets that waited until it is known whether the report is long.</summary>
    /// <param name="current">A dataset behind them that has too many rows to wait; null for none.</param>
    private void PaintEarly(PdfSection? current)
    {
        if (!isLengthKnown)
        {
            isLengthKnown = true;
            List<PdfSection> seen = [.. early, .. current is null ? [] : new[] { current }];
            painter.HasContents = ContentsNeed.Of(seen,
                names.Count > 1 || (document.Task.HasSeveralDatasets && !document.Task.AllResults), Paper(isLandscape: false).Height);
            painter.ContentsLines = ContentsNeed.Lines(seen, document.Task);
        }

        foreach (var waiting in early)
        {
            Begin(waiting);
            painter.End();
        }

        early.Clear();
        isBegun = false;
    }

    private void WarnOfMissing()
    {
        var missing = regular.Missing.Union(bold.Missing).ToList();
        if (missing.Count > 0)
        {
            var some = string.Join(", ", missing.Take(5).Select(character =>
                string.Create(CultureInfo.InvariantCulture,
                    $"'{(Rune.IsValid(character) ? new Rune(character).ToString() : "")}' (U+{character:X4})")));
            document.Warn($"The PDF shows a box for {missing.Count} character(s) that no font on this computer has: {some}. "
                + "Install a font that has them, such as Noto.");
        }
    }

    private PdfColumn Column(LaidOutColumn column, ColumnHighlight? highlight)
    {
        var width = column.Width is { } characters
            ? ((float)characters * WidestDigit() * Look.TextSize) + (2 * Look.CellPaddingX)
            : (float?)null;
        return new PdfColumn(column, new CellText(column, document.Culture, document.Zone), highlight, width);
    }

    /// <summary>What widths of columns are counted in, as in Excel. In em.</summary>
    private float WidestDigit() => "0123456789".Max(digit => regular.Measure([digit]));

    private (float Width, float Height) Paper(bool isLandscape)
    {
        var (width, height) = PaperMeasures.Of(document.Task.PageSize);
        return isLandscape ? (height, width) : (width, height);
    }

    private PdfInformation Information() => new()
    {
        Title = head.Title,
        Author = document.Task.Owner,
        Subject = document.Task.Description,
        Keywords = string.Join(", ", names),
        Creator = "ReportScheduler",
        CreatedAt = document.DataAt,
        Language = document.Culture.Name.Length > 0 ? document.Culture.Name : document.Words.Language,
    };
}
