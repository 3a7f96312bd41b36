using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Writes the PDF. The rows wait on disk as texts until the fonts can be cut to the characters used and the pages counted; then they are drawn.</summary>
internal sealed class PdfWriter : IReportWriter
{
    private readonly ReportDocument document;
    private readonly FontSet regular;
    private readonly FontSet bold;
    private readonly PdfHead head;
    private readonly OutputFile file;
    private readonly List<PdfSection> sections = [];
    private readonly int pagesOfPart;
    private readonly GarbageLimit garbage = new();

    public PdfWriter(ReportDocument document)
        : this(document, SystemFonts.Default)
    {
    }

    internal PdfWriter(ReportDocument document, SystemFonts system, int pagesOfPart = PdfDrawing.PagesOfPart)
    {
        (this.document, this.pagesOfPart) = (document, pagesOfPart);
        regular = FontSet.Open(bold: false, system);
        bold = FontSet.Open(bold: true, system);
        head = new PdfHead(document);
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Pdf)));
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var layout = ColumnLayout.Grouped(document, dataset, columns);
        var groups = GroupLayout.Of(document, dataset, columns, layout);
        PdfColumn[] shown = [.. layout.Select(column => Column(column, ColumnHighlight.Of(document.Task, dataset, column.Column)))];
        var spool = new TextSpool($"{file.Stream.Name}.{sections.Count}", layout.Count, shown.Count(column => column.Highlight is not null));
        sections.Add(new PdfSection(dataset, shown, new ColumnTotals(layout, document.Words, areGrand: groups is not null), spool, regular, bold)
        {
            Chart = ChartData.Of(document, dataset, columns),
            Groups = groups,
            GoesOn = document.Words["continued"],
            BreaksPages = document.Task.Dataset(dataset).PageBreakPerGroup,
        });
    }

    public void Write(RowBatch rows)
    {
        sections[^1].Add(rows);
        garbage.Check();
    }

    public void End(CancellationToken cancellation) => sections[^1].End();

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        NoteWords();
        WarnOfMissing();
        foreach (var section in sections.Where(section => section.Cut > 0))
        {
            document.Warn($"{section.Cut} texts of '{section.Name}' were cut to 32767 characters in the PDF, as they would have filled page after page.");
        }
        garbage.Check();
        var size = PaperSize();
        sections.ForEach(section => section.Arrange(PdfPages.WidthOf(size)));
        new PdfDrawing(new ReportPainter(head, sections), regular, bold, size, head.Title, pagesOfPart, garbage, cancellation).Draw(file.Stream, Metadata());
        return [file.Complete()];
    }

    public void Dispose()
    {
        sections.ForEach(section => section.Dispose());
        file.Dispose();
        head.Dispose();
        regular.Dispose();
        bold.Dispose();
    }

    /// <summary>Has the fonts take notice of the words around the tables.</summary>
    private void NoteWords()
    {
        foreach (var text in head.Notes.Append(head.Description).Append(head.Title).Append(SectionPainter.NoRows).Append("Page 0123456789 of")
            .Concat(sections.Where(section => section.Chart is { HasPoints: true }).SelectMany(section => new ChartPainter(section.Chart!).Words)))
        {
            regular.Measure(text.ReplaceLineEndings(""));
        }

        var headings = sections.Where(section => section.Chart is { HasPoints: true }).Select(section => new ChartPainter(section.Chart!).Heading).OfType<string>();
        foreach (var text in sections.Select(section => section.Name).Append(head.Title).Concat(headings).Append("…").Append(" › " + document.Words["continued"]))
        {
            bold.Measure(text.ReplaceLineEndings(""));
        }
    }

    private void WarnOfMissing()
    {
        var missing = regular.Missing.Union(bold.Missing).ToList();
        if (missing.Count > 0)
        {
            var some = string.Join(", ", missing.Take(5).Select(character =>
                string.Create(CultureInfo.InvariantCulture, $"'{(Rune.IsValid(character) ? new Rune(character).ToString() : "")}' (U+{character:X4})")));
            document.Warn($"The PDF shows a box for {missing.Count} character(s) that no font on this computer has: {some}. Install a font that has them, such as Noto.");
        }
    }

    private PdfColumn Column(LaidOutColumn column, ColumnHighlight? highlight)
    {
        var width = column.Width is { } characters
            ? ((float)characters * WidestDigit() * Look.TextSize) + (2 * Look.CellPaddingX)
            : (float?)null;
        return new PdfColumn(column, new CellText(document.Culture, column.Format, document.Zone), highlight, width);
    }

    /// <summary>What widths of columns are counted in, as in Excel. In em.</summary>
    private float WidestDigit() => "0123456789".Max(digit => regular.Measure([digit]));

    private SKSize PaperSize()
    {
        var (width, height) = document.Task.PageSize switch
        {
            PageSize.Letter => (612f, 792f),
            PageSize.Legal => (612f, 1008f),
            _ => (595.28f, 841.89f),
        };
        var landscape = document.Task.Orientation == PageOrientation.Landscape
            || (document.Task.Orientation == PageOrientation.Auto
                && !sections.TrueForAll(section => ColumnGroups.Fit(section.Columns, width - (2 * Look.Margin))));
        return landscape ? new SKSize(height, width) : new SKSize(width, height);
    }

    private SKDocumentPdfMetadata Metadata() => new(SKDocument.DefaultRasterDpi)
    {
        Title = head.Title,
        Author = document.Task.Owner,
        Subject = document.Task.Description,
        Keywords = string.Join(", ", sections.Select(section => section.Name)),
        Creator = "ReportScheduler",
        Creation = document.DataAt.UtcDateTime,
        Modified = document.DataAt.UtcDateTime,
    };
}
