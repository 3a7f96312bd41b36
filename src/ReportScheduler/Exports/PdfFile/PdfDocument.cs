using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>A PDF, written page by page: tagged, with bookmarks, to PDF/A-2u and PDF/UA-1.</summary>
/// <remarks>Each page leaves memory when the next one begins. The same input gives the same bytes.</remarks>
internal sealed class PdfDocument : IDisposable
{
    private PdfPage drawn = new();
    private readonly PageTree pages;
    private readonly Dictionary<FontFace, PdfFont> fonts = [];
    private readonly PdfBytes body = new();
    private readonly CodeMap codeMap;
    private readonly SharedBeginnings beginnings;
    private readonly NumberBlock pageNumbers;
    private readonly NumberBlock streamNumbers;
    private PdfPage? page;
    private PdfPage? aside;

    public PdfDocument(Stream file)
    {
        Objects = new PdfObjects(file);
        pages = new PageTree(Objects);
        codeMap = new CodeMap(Objects);
        beginnings = new SharedBeginnings(Objects);
        (pageNumbers, streamNumbers) = (new NumberBlock(Objects), new NumberBlock(Objects));
        Structure = new StructureTree(Objects);
        Outline = new PdfOutline(Objects);
        Count = new PageCount(Objects);
    }

    public PdfObjects Objects { get; }

    public StructureTree Structure { get; }

    public PdfOutline Outline { get; }

    /// <summary>What stands behind the number of each page.</summary>
    public PageCount Count { get; }

    /// <summary>How many pages there are up to here.</summary>
    public int Pages => pages.Count + (page is null ? 0 : 1);

    /// <summary>The font of a face; the same one for each call.</summary>
    public PdfFont FontOf(FontFace face)
    {
        if (!fonts.TryGetValue(face, out var font))
        {
            font = new PdfFont(Objects, face, codeMap);
            fonts.Add(face, font);
        }

        return font;
    }

    /// <summary>Begins a page. The one before has to be ended.</summary>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    public PdfPage BeginPage(float width, float height)
    {
        drawn.Begin(pageNumbers.Next(), width, height);
        page = drawn;
        return page;
    }

    /// <summary>Says that what was drawn on the page up to here may be the same on others: rules, stripes and the
    /// header of a table that goes on. It is written once for all.</summary>
    public void ShareBeginning()
    {
        if (page!.Marks.Count > 0 || page.Beginning != 0)
        {
            return;
        }

        page.Content.LeaveText();
        if (beginnings.NumberOf(page.Content.Span) is { } shared)
        {
            page.Beginning = shared;
            page.Content.ForgetBytes();
        }
    }

    public void EndPage()
    {
        page!.Node = pages.Add(page.Number);
        Write(page);
        page = null;
    }

    /// <summary>Keeps the page until <see cref="EndAside"/>, at its place among the others.</summary>
    public void SetAside()
    {
        aside = page!;
        aside.Node = pages.Add(aside.Number);
        drawn = new PdfPage();
        page = null;
    }

    /// <summary>Ends the page that was set aside, after the last one.</summary>
    public void EndAside()
    {
        Write(aside!);
        aside = null;
    }

    private void Write(PdfPage ended)
    {
        ended.Content.End();
        var stream = streamNumbers.Next();
        Objects.WriteStream(stream, default, ended.Content.Span);
        body.Clear();
        body.Add("<</Type/Page/Parent "u8).AddReference(ended.Node).Add("/MediaBox[0 0 "u8).Add(ended.Width).Add((byte)' ')
            .Add(ended.Height)
            .Add("]/Contents"u8);
        if (ended.Beginning != 0)
        {
            body.Add((byte)'[').AddReference(ended.Beginning).Add((byte)' ').AddReference(stream).Add((byte)']');
        }
        else
        {
            body.Add((byte)' ').AddReference(stream);
        }

        ended.Content.AddResources(body);
        body.Add("/Tabs/S/StructParents "u8).Add(Structure.NextKey);
        if (!ended.Links.IsEmpty)
        {
            body.Add("/Annots["u8).Add(ended.Links).Add((byte)']');
        }

        Objects.WriteObject(ended.Number, body.Add(">>"u8).Span);
        Structure.AddPage(ended.Marks);
    }

    /// <summary>Writes a form that a page shows, whenever it is known.</summary>
    /// <param name="number">Its number, reserved before.</param>
    /// <param name="drawn">What it shows.</param>
    /// <param name="width">In points.</param>
    public void WriteForm(int number, PdfContent drawn, float width)
    {
        drawn.End();
        body.Clear();
        body.Add("/Type/XObject/Subtype/Form/BBox[0 0 "u8).Add(width).Add((byte)' ').Add(drawn.Height).Add((byte)']');
        drawn.AddResources(body);
        Objects.WriteStream(number, body.Span, drawn.Span);
    }

    /// <summary>Writes everything that was kept for the end.</summary>
    public void End(PdfInformation information)
    {
        pageNumbers.End();
        streamNumbers.End();
        foreach (var font in fonts.Values)
        {
            font.Write();
        }

        codeMap.Write();

        Structure.End();
        pages.End();
        var outline = Outline.Write();
        var (metadata, profile, facts, catalog) = (Objects.Reserve(), Objects.Reserve(), Objects.Reserve(), Objects.Reserve());
        Objects.WriteRawStream(metadata, "/Type/Metadata/Subtype/XML"u8, default, XmpPacket.Of(information));
        Objects.WriteStream(profile, "/N 3/Alternate/DeviceRGB"u8, SrgbProfile.Bytes());
        WriteFacts(facts, information);
        body.Clear();
        body.Add("<</Type/Catalog/Pages "u8).AddReference(pages.Number).Add("/Metadata "u8).AddReference(metadata).Add("/StructTreeRoot "u8)
            .AddReference(Structure.Number).Add("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang"u8)
            .AddText(information.Language)
            .Add(
                "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile "u8)
            .AddReference(profile).Add(">>]"u8);
        if (outline is { } root)
        {
            body.Add("/Outlines "u8).AddReference(root).Add("/PageMode/UseOutlines"u8);
        }

        Objects.WriteObject(catalog, body.Add(">>"u8).Span);
        Objects.End(catalog, facts, Id(information));
    }

    public void Dispose() => Objects.Dispose();

    private void WriteFacts(int number, PdfInformation information)
    {
        body.Clear();
        body.Add("<<"u8);
        Add("/Title"u8, information.Title);
        Add("/Author"u8, information.Author);
        Add("/Subject"u8, information.Subject);
        Add("/Keywords"u8, information.Keywords);
        Add("/Creator"u8, information.Creator);
        Add("/Producer"u8, information.Creator);
        var date = Encoding.ASCII.GetBytes(
            information.CreatedAt.ToUniversalTime().ToString("'(D:'yyyyMMddHHmmss'Z)'", System.Globalization.CultureInfo.InvariantCulture));
        body.Add("/CreationDate"u8).Add(date).Add("/ModDate"u8).Add(date);
        Objects.WriteObject(number, body.Add(">>"u8).Span);

        void Add(ReadOnlySpan<byte> key, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                body.Add(key).AddText(text);
            }
        }
    }

    /// <summary>What the file is told from others by: its title, its date and its length.</summary>
    private ReadOnlySpan<byte> Id(PdfInformation information) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{information.Title}|{information.CreatedAt:O}|{Objects.WriteWaiting()}"))).AsSpan(0, 16);
}
