using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>What a document says about itself as XML, and that it keeps to PDF/A-2u and PDF/UA-1.</summary>
/// <remarks>ISO 16684-1; ISO 19005-2, 6.6; ISO 14289-1, 5.</remarks>
internal static class XmpPacket
{
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Basic = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Pdf = "http://ns.adobe.com/pdf/1.3/";
    private static readonly XNamespace Archive = "http://www.aiim.org/pdfa/ns/id/";
    private static readonly XNamespace Access = "http://www.aiim.org/pdfua/ns/id/";
    private static readonly XNamespace Extension = "http://www.aiim.org/pdfa/ns/extension/";
    private static readonly XNamespace Schema = "http://www.aiim.org/pdfa/ns/schema#";
    private static readonly XNamespace Property = "http://www.aiim.org/pdfa/ns/property#";

    public static byte[] Of(PdfInformation information)
    {
        var date = Date(information.CreatedAt);
        var description = new XElement(
            Rdf + "Description",
            new XAttribute(Rdf + "about", ""),
            new XAttribute(XNamespace.Xmlns + "dc", Dublin),
            new XAttribute(XNamespace.Xmlns + "xmp", Basic),
            new XAttribute(XNamespace.Xmlns + "pdf", Pdf),
            new XAttribute(XNamespace.Xmlns + "pdfaid", Archive),
            new XAttribute(XNamespace.Xmlns + "pdfuaid", Access),
            new XElement(Dublin + "format", "application/pdf"),
            new XElement(Dublin + "title", Alternative(information.Title)),
            information.Author is null
                ? null
                : new XElement(Dublin + "creator", new XElement(Rdf + "Seq", new XElement(Rdf + "li", Clean(information.Author)))),
            information.Subject is null ? null : new XElement(Dublin + "description", Alternative(information.Subject)),
            new XElement(Dublin + "language", new XElement(Rdf + "Bag", new XElement(Rdf + "li", information.Language))),
            new XElement(Basic + "CreatorTool", information.Creator),
            new XElement(Basic + "CreateDate", date),
            new XElement(Basic + "ModifyDate", date),
            new XElement(Pdf + "Producer", information.Creator),
            information.Keywords is null ? null : new XElement(Pdf + "Keywords", Clean(information.Keywords)),
            new XElement(Archive + "part", "2"),
            new XElement(Archive + "conformance", "U"),
            new XElement(Access + "part", "1"),
            AccessSchema());
        var root = new XElement(Meta + "xmpmeta", new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf), description));
        return Encoding.UTF8.GetBytes("<?xpacket begin=\"\uFEFF\" "
            + $"id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{root.ToString(SaveOptions.DisableFormatting)}\n<?xpacket end=\"w\"?>");
    }

    /// <summary>PDF/A wants to be told what the properties of PDF/UA are.</summary>
    private static XElement AccessSchema() => new(
        Extension + "schemas",
        new XAttribute(XNamespace.Xmlns + "pdfaExtension", Extension),
        new XAttribute(XNamespace.Xmlns + "pdfaSchema", Schema),
        new XAttribute(XNamespace.Xmlns + "pdfaProperty", Property),
        new XElement(Rdf + "Bag", new XElement(
            Rdf + "li",
            new XAttribute(Rdf + "parseType", "Resource"),
            new XElement(Schema + "schema", "PDF/UA identification"),
            new XElement(Schema + "namespaceURI", Access.NamespaceName),
            new XElement(Schema + "prefix", "pdfuaid"),
            new XElement(Schema + "property", new XElement(Rdf + "Seq", new XElement(
                Rdf + "li",
                new XAttribute(Rdf + "parseType", "Resource"),
                new XElement(Property + "name", "part"),
                new XElement(Property + "valueType", "Integer"),
                new XElement(Property + "category", "internal"),
                new XElement(Property + "description", "Part of ISO 14289")))))));

    private static XElement Alternative(string text) =>
        new(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), Clean(text)));

    private static string Clean(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));

    private static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
