using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>The parts of a workbook of the user's own, read within bounds: whoever made the file may mean no good.</summary>
/// <remarks>The namespaces of Strict Open XML (ISO/IEC 29500-1) are read as those of the
/// transitional kind, which is what the workbook becomes.</remarks>
internal sealed partial class TemplateParts : IDisposable
{
    private const int MostParts = 10_000;
    private const int MostMegabytes = 512;
    private const int MostXmlMegabytes = 64;
    private const int Deepest = 128;
    private const int Megabyte = 1024 * 1024;

    private static readonly XmlReaderSettings Settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true };

    private readonly string path;
    private readonly ZipArchive zip;
    private readonly bool isStrict;

    /// <exception cref="ReportException">It is larger or deeper than any workbook, or a name in it leads out of it.</exception>
    public TemplateParts(string path)
    {
        this.path = path;
        zip = ZipFile.OpenRead(path);
        try
        {
            Check();
            isStrict = zip.GetEntry("_rels/.rels") is not null && Encoding.UTF8.GetString(Bytes("_rels/.rels"))
                .Contains("//purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", StringComparison.Ordinal);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>The names, without those of folders.</summary>
    public IEnumerable<string> Names => zip.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith('/'));

    public bool Has(string part) => zip.GetEntry(part) is not null;

    public XDocument Load(string part)
    {
        var bytes = Bytes(part);
        if (bytes.Length > MostXmlMegabytes * Megabyte)
        {
            throw WorkbookErrors.TemplateNotSafe(path,
                $"its part '{part}' has {bytes.Length / Megabyte:N0} MB of XML, and {MostXmlMegabytes} MB is the most");
        }

        try
        {
            using (var reader = Reader(bytes))
            {
                while (reader.Read())
                {
                    if (reader.Depth > Deepest)
                    {
                        throw WorkbookErrors.TemplateNotSafe(path,
                            $"elements of its part '{part}' stand more than {Deepest} deep in one another");
                    }
                }
            }

            using var again = Reader(bytes);
            return XDocument.Load(again, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException problem)
        {
            throw Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 4096)))
                .Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                ? WorkbookErrors.TemplateNotSafe(path,
                    $"its part '{part}' has a document type definition (DTD), which no workbook needs and which may name other files")
                : WorkbookErrors.TemplateNotReadable(path, problem);
        }
    }

    /// <summary>A part as it will stand in the report.</summary>
    public byte[] Copy(string part)
    {
        var bytes = Bytes(part);
        return isStrict && Path.GetExtension(part).ToUpperInvariant() is ".XML" or ".RELS" or ".VML"
            ? Encoding.UTF8.GetBytes(Transitional(Encoding.UTF8.GetString(bytes)))
            : bytes;
    }

    public void Dispose() => zip.Dispose();

    private XmlReader Reader(byte[] bytes) =>
        isStrict
            ? XmlReader.Create(new StringReader(Transitional(Encoding.UTF8.GetString(bytes)).TrimStart('\uFEFF')), Settings)
            : XmlReader.Create(new MemoryStream(bytes), Settings);

    private void Check()
    {
        if (zip.Entries.Count > MostParts)
        {
            throw WorkbookErrors.TemplateNotSafe(path, $"it has {zip.Entries.Count:N0} parts, and {MostParts:N0} is the most");
        }

        var size = zip.Entries.Sum(entry => (double)entry.Length);
        if (size > MostMegabytes * (double)Megabyte)
        {
            throw WorkbookErrors.TemplateNotSafe(path, $"it unpacks to {size / Megabyte:N0} MB, and {MostMegabytes} MB is the most");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in zip.Entries.Select(entry => entry.FullName))
        {
            if (name.Split('/', '\\').Contains("..") || name.StartsWith('/') || name.StartsWith('\\') || Drive().IsMatch(name))
            {
                throw WorkbookErrors.TemplateNotSafe(path, $"the name of its part '{name}' leads out of the workbook");
            }

            if (!seen.Add(name))
            {
                throw WorkbookErrors.TemplateNotSafe(path, $"it has the part '{name}' twice");
            }
        }
    }

    private byte[] Bytes(string part)
    {
        var entry = zip.GetEntry(part)
            ?? throw WorkbookErrors.TemplateNotReadable(path, new InvalidDataException($"The part '{part}' is missing."));
        try
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            var buffer = new byte[81920];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                // the directory may say less than there is
                if (bytes.Length + read > entry.Length)
                {
                    throw WorkbookErrors.TemplateNotSafe(path,
                        $"its part '{part}' unpacks to more than the {entry.Length:N0} bytes that it is said to have");
                }

                bytes.Write(buffer, 0, read);
            }

            return bytes.ToArray();
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or NotSupportedException)
        {
            throw WorkbookErrors.TemplateNotReadable(path, problem);
        }
    }

    private static string Transitional(string xml) => Strict().Replace(xml, match =>
        $"http://schemas.openxmlformats.org/{match.Groups["kind"].Value}/2006/{match.Groups["rest"].Value
            .Replace("extendedProperties", "extended-properties", StringComparison.Ordinal)
            .Replace("customProperties", "custom-properties", StringComparison.Ordinal)}");

    [GeneratedRegex(
        @"http://purl\.oclc\.org/ooxml/(?<kind>officeDocument|spreadsheetml|drawingml|presentationml|wordprocessingml)/(?<rest>[A-Za-z/]+)")]
    private static partial Regex Strict();

    [GeneratedRegex("^[A-Za-z]:")]
    private static partial Regex Drive();
}
