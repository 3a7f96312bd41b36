using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>Notes at cells of a worksheet that say what stood there before.</summary>
/// <remarks>A note is text in one part and a box in another, in the language that Excel drew with in 1999 (ISO/IEC 29500-4, 19).</remarks>
/// <param name="document">The report.</param>
internal sealed class SheetNotes(ReportDocument document)
{
    /// <summary>How many boxes have numbers of one kind.</summary>
    private const int BlockLength = 1024;

    private const int MostCharacters = 1000;
    private const int MostDigits = 14;
    private const int Usual = 2;
    private const string Whole = "#,##0";
    private const string Author = "ReportScheduler";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Box = """
        <xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
            xmlns:x="urn:schemas-microsoft-com:office:excel">
        """;

    private const string BoxType = """
        <v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">
          <v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>
        </v:shapetype>
        """;

    private readonly List<(int Row, ExcelColumn Column, Cell Before)> notes = [];

    public int Count => notes.Count;

    /// <summary>How many blocks of numbers the boxes take.</summary>
    public int Blocks => (notes.Count + BlockLength - 2) / (BlockLength - 1);

    /// <param name="row">The row on the sheet, from 1.</param>
    /// <param name="column">The column.</param>
    /// <param name="before">What stood there.</param>
    public void Add(int row, ExcelColumn column, in Cell before) => notes.Add((row, column, before));

    public void Clear() => notes.Clear();

    /// <summary>The texts.</summary>
    public ReadOnlySpan<byte> Texts()
    {
        var xml = new XmlBuffer().AddXml($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <comments xmlns="{Main}"><authors><author>{Author}</author></authors><commentList>
            """);
        foreach (var (row, column, before) in notes)
        {
            xml.AddXml($"<comment ref=\"{CellReference.Of(column.Number, row)}\" authorId=\"0\"><text><r><t xml:space=\"preserve\">")
                .AddText(Text(column, before)).Add("</t></r></text></comment>"u8);
        }

        return xml.Add("</commentList></comments>"u8).Span;
    }

    /// <summary>The boxes, which show while the pointer is at the cell.</summary>
    /// <param name="block">The first block of numbers that no other sheet has taken, from 1.</param>
    public ReadOnlySpan<byte> Boxes(int block)
    {
        var xml = new XmlBuffer().AddXml(Box).AddXml("<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"")
            .AddXml(string.Join(',', Enumerable.Range(block, Blocks))).AddXml("\"/></o:shapelayout>").AddXml(BoxType);
        for (var i = 0; i < notes.Count; i++)
        {
            var (row, column) = (notes[i].Row - 1, notes[i].Column.Number - 1);
            // the first number of a block is that of the sheet itself
            var number = ((block + (i / (BlockLength - 1))) * BlockLength) + 1 + (i % (BlockLength - 1));
            var anchor = string.Create(CultureInfo.InvariantCulture,
                $"{column + 1},15,{Math.Max(0, row - 1)},10,{column + 3},15,{Math.Max(0, row - 1) + 3},4");
            xml.AddXml($"<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" ")
                .AddXml("style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffff\" o:insetmode=\"auto\">")
                .AddXml("<v:fill color2=\"#ffffff\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"/>")
                .AddXml("<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>").AddXml(anchor)
                .AddXml($"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>")
                .AddXml("</x:ClientData></v:shape>");
        }

        return xml.Add("</xml>"u8).Span;
    }

    private string Text(ExcelColumn column, in Cell before)
    {
        var text = before.Kind == CellKind.Null ? column.LaidOut.NullText ?? "–" : ExcelText.WithLineFeeds(Shown(column, before));
        var cut = ExcelText.Cut(text, MostCharacters);
        return document.Words.With("before", cut.Length < text.Length ? $"{cut}…" : text);
    }

    // As many digits as the cells have, and more where those of today's values are too few to show what was.
    private string Shown(ExcelColumn column, in Cell before) =>
        column.LaidOut.Format is not null || column.LaidOut.IsKey
            ? new CellText(column.LaidOut, document.Culture, document.Zone).Of(before)
            : before.Kind switch
            {
                CellKind.Integer => before.Int64.ToString(Whole, document.Culture),
                CellKind.Decimal => before.Decimal.ToString(decimal.IsInteger(before.Decimal) ? Whole : Fraction(column), document.Culture),
                CellKind.Double when Math.Abs(before.Double) is > 1e-6 and < 1e15 =>
                    before.Double.ToString(double.IsInteger(before.Double) ? Whole : Fraction(column), document.Culture),
                _ => new CellText(column.LaidOut, document.Culture, document.Zone).Of(before),
            };

    private static string Fraction(ExcelColumn column)
    {
        var shown = column.FractionFormat?.Split('.') is [_, var digits] ? digits.Length : Usual;
        return $"{Whole}.{new string('0', shown)}{new string('#', Math.Max(0, MostDigits - shown))}";
    }
}
