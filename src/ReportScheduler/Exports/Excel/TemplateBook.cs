using System.Xml;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>A workbook of the user's own, as zip parts. What is not asked for stays byte for byte.</summary>
internal sealed class TemplateBook : IDisposable
{
    public static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly XNamespace Drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";

    private const string ContentTypes = "[Content_Types].xml";
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    private const string MacroType = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly string path;
    private readonly TemplateParts parts;
    private readonly Dictionary<string, XDocument> changed = [];
    private readonly HashSet<string> taken = [];
    private readonly string workbook;
    private IReadOnlyList<(string Name, string Sheet, string SheetPart, string TablePart)>? tables;

    /// <exception cref="ReportException">The file cannot be read, or is no workbook.</exception>
    public TemplateBook(string path)
    {
        this.path = path;
        try
        {
            parts = new TemplateParts(path);
            workbook = Targets("").First(target => target.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Part;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException
            or InvalidOperationException or XmlException or FormatException)
        {
            parts?.Dispose();
            throw WorkbookErrors.TemplateNotReadable(path, error);
        }

        try
        {
            BecomeWorkbook();
            Workbook.Root!.Attribute("conformance")?.Remove();
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file name is that of a workbook with macros, which the report then is too.</summary>
    public static bool HasMacros(string? path) => Path.GetExtension(path)?.ToUpperInvariant() is ".XLSM" or ".XLTM";

    public XDocument Workbook => Change(workbook);

    public string StylesPart => Targets(workbook).First(target => target.Type.EndsWith("/styles", StringComparison.Ordinal)).Part;

    /// <summary>Days are counted from 1904 on, as Excel on the Mac did.</summary>
    public bool CountsFrom1904 => (string?)Workbook.Root!.Element(Main + "workbookPr")?.Attribute("date1904") is "1" or "true";

    /// <summary>All tables, in the order of the sheets.</summary>
    public IReadOnlyList<(string Name, string Sheet, string SheetPart, string TablePart)> Tables => tables ??= [.. FindTables()];

    /// <summary>A table by its name.</summary>
    /// <exception cref="ReportException">There is none.</exception>
    public (string Sheet, string SheetPart, string TablePart) FindTable(string name)
    {
        foreach (var table in Tables.Where(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return (table.Sheet, table.SheetPart, table.TablePart);
        }

        throw WorkbookErrors.TemplateTableNotFound(path, name, [.. Tables.Select(table => table.Name)]);
    }

    /// <summary>A part that will be written as it is changed.</summary>
    public XDocument Change(string part) => changed.TryGetValue(part, out var document) ? document : changed[part] = Load(part);

    /// <summary>A part to look at, with the changes so far.</summary>
    public XDocument Look(string part) => changed.GetValueOrDefault(part) ?? Load(part);

    /// <summary>Whether nobody else writes a part.</summary>
    public bool IsOurs(string part) => !taken.Contains(part);

    /// <summary>A part that somebody else writes.</summary>
    /// <returns>False when somebody does already.</returns>
    public bool Take(string part) => taken.Add(part);

    /// <summary>The parts of a type, wherever they lie: programs differ in that.</summary>
    /// <param name="type">The end of the content type.</param>
    public IReadOnlyList<string> Parts(string type) =>
        [.. Load(ContentTypes).Root!.Elements()
            .Where(part => ((string?)part.Attribute("ContentType"))?.EndsWith(type, StringComparison.OrdinalIgnoreCase) == true)
            .Select(part => ((string?)part.Attribute("PartName"))?.TrimStart('/')).OfType<string>()];

    /// <summary>Leaves out the order of calculation, which Excel makes anew; a stale one is an error to it.</summary>
    public void ForgetCalculationOrder()
    {
        foreach (var target in Targets(workbook).Where(target => target.Type.EndsWith("/calcChain", StringComparison.Ordinal)).ToList())
        {
            taken.Add(target.Part);
            Change(RelationsOf(workbook)).Root!.Elements().Where(relation => (string?)relation.Attribute("Id") == target.Id).Remove();
            Change(ContentTypes).Root!.Elements().Where(type => (string?)type.Attribute("PartName") == "/" + target.Part).Remove();
        }

        var calculation = Workbook.Root!.Element(Main + "calcPr");
        if (calculation is null)
        {
            calculation = new XElement(Main + "calcPr");
            (Workbook.Root.Element(Main + "definedNames") ?? Workbook.Root.Element(Main + "externalReferences")
                ?? Workbook.Root.Element(Main + "sheets")!).AddAfterSelf(calculation);
        }

        calculation.SetAttributeValue("fullCalcOnLoad", "1");
    }

    public void Write(PackageWriter package)
    {
        foreach (var part in parts.Names.Where(part => !taken.Contains(part)))
        {
            if (changed.TryGetValue(part, out var document))
            {
                package.Add(part, Text(document.Root!));
            }
            else
            {
                package.Add(part, parts.Copy(part));
            }
        }
    }

    public static string Text(XElement root) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + root.ToString(SaveOptions.DisableFormatting);

    public void Dispose() => parts.Dispose();

    // Excel refuses a report that says it is a template (.xltx), or whose name does not say that it has macros (.xlsm).
    private void BecomeWorkbook()
    {
        // Parts without an entry of their own have the type of their extension.
        var types = Load(ContentTypes).Root!.Elements().ToList();
        var type = (string?)(types.Find(type => (string?)type.Attribute("PartName") == "/" + workbook)
            ?? types.Find(type => (string?)type.Attribute("Extension") == Path.GetExtension(workbook)[1..]))?.Attribute("ContentType");
        var wanted = HasMacros(path) ? MacroType : WorkbookType;
        if (wanted == WorkbookType && type?.Contains("macro", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw WorkbookErrors.TemplateHasMacros(path);
        }

        if (type != wanted)
        {
            var root = Change(ContentTypes).Root!;
            root.Elements().Where(type => (string?)type.Attribute("PartName") == "/" + workbook).Remove();
            root.Add(new XElement(root.Name.Namespace + "Override", new XAttribute("PartName", "/" + workbook),
                new XAttribute("ContentType", wanted)));
        }
    }

    /// <summary>The cells, column and row from 1, where the charts and pictures of a sheet have their upper left corners.</summary>
    public IEnumerable<(int Column, int Row)> Drawings(string sheetPart) =>
        Targets(sheetPart).Where(target => target.Type.EndsWith("/drawing", StringComparison.Ordinal))
        .SelectMany(target => Look(target.Part).Descendants(Drawing + "from"))
        .Select(from => ((int)from.Element(Drawing + "col")! + 1, (int)from.Element(Drawing + "row")! + 1));

    private IEnumerable<(string Id, string Type, string Part)> Targets(string part)
    {
        if (!parts.Has(RelationsOf(part)))
        {
            return [];
        }

        var origin = new Uri("http://package/" + part);
        return Load(RelationsOf(part)).Root!.Elements().Where(relation => (string?)relation.Attribute("TargetMode") != "External")
            .Select(relation => (
            (string)relation.Attribute("Id")!,
            (string)relation.Attribute("Type")!,
            Uri.UnescapeDataString(new Uri(origin, (string)relation.Attribute("Target")!).AbsolutePath.TrimStart('/'))));
    }

    private static string RelationsOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return $"{part[..slash]}_rels/{part[slash..]}.rels";
    }

    private IEnumerable<(string Name, string Sheet, string SheetPart, string TablePart)> FindTables()
    {
        foreach (var sheet in Workbook.Descendants(Main + "sheet").ToList())
        {
            var part = Targets(workbook).First(target => target.Id == (string?)sheet.Attribute(Relations + "id")).Part;
            foreach (var table in Targets(part).Where(target => target.Type.EndsWith("/table", StringComparison.Ordinal)))
            {
                yield return (TableShape.NameOf(Look(table.Part).Root!), (string)sheet.Attribute("name")!, part, table.Part);
            }
        }
    }

    private XDocument Load(string part) => parts.Load(part);
}
