using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Delivery.Folder;
using ReportScheduler.Exports;
using ReportScheduler.Files;

namespace ReportScheduler.Commands;

/// <summary>Makes a report of the objects of a pipeline: a workbook, a PDF, CSV, HTML or JSON, without a task.</summary>
/// <remarks>
/// Each object is a row and each of its properties a column, in its own type. The file has the looks of a report: a header, widths,
/// formats, totals, charts. An existing file is replaced when the new one is complete, unless -NoClobber is given; it is not appended
/// to.
/// Several paths make several formats of the same rows. No store is used.
/// </remarks>
/// <example>
/// <code>Get-Process | Export-Report procs.xlsx -Property Name, Id, WorkingSet64, CPU -Total @{ WorkingSet64 = 'sum' } -ColumnFormat @{ WorkingSet64 = '#,##0' }</code>
/// <para>A workbook of the processes with the sum of their memory.</para>
/// </example>
/// <example>
/// <code>Get-ReportData 'Weekly sales' | Export-Report sales.xlsx, sales.pdf -Title 'Sales' -Chart (New-ReportChart Bar region amount) -PassThru</code>
/// <para>Two files of the rows of a report, with a chart.</para>
/// </example>
[Cmdlet(VerbsData.Export, "Report", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReportCommand : ObjectReportCommand
{
    private readonly List<(ReportFormat Format, string Path)> targets = [];

    /// <summary>The files to make; the extension says the format: .xlsx, .pdf, .csv, .html or .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The formats of a path whose extension says none; their extensions are put behind it.</summary>
    [Parameter]
    [FormatTransformation]
    public ReportFormat[]? Format { get; set; }

    /// <summary>Replaces a write-protected file too.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file that is there alone, with an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Shows the files.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override bool Prepare(ReportTask task)
    {
        targets.AddRange(Path.Select(FullPath).SelectMany(Targets).Select(target => (target.Item1, LinkedFile.Of(target.Item2))));
        if (targets.GroupBy(target => target.Format).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw DefinitionErrors.FormatRepeated(repeated.Key);
        }

        if (NoClobber && targets.FirstOrDefault(target => File.Exists(target.Path)).Path is { } taken)
        {
            throw CommandErrors.NoClobber(taken);
        }

        task.Format = [.. targets.Select(target => target.Format)];
        task.Name = Title ?? System.IO.Path.GetFileNameWithoutExtension(targets[0].Path);
        ExportOptions.Check(task);
        return ShouldProcess(string.Join(", ", targets.Select(target => target.Path)), "Export objects");
    }

    private protected override string FileName(ReportFormat format) =>
        System.IO.Path.GetFileName(targets.Find(target => target.Format == format).Path);

    private protected override void Finish(ExportResult result, string folder)
    {
        foreach (var (_, path) in targets)
        {
            var made = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path));
            if (Force && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            {
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            }

            Put(made, path);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }

    private void Put(string made, string path)
    {
        try
        {
            FolderDrop.Copy([made], System.IO.Path.GetDirectoryName(path)!,
                NoClobber ? ExistingFilePolicy.Fail : ExistingFilePolicy.Overwrite);
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(FolderErrors.DropExists))
        {
            // it came while the report was made
            throw CommandErrors.NoClobber(path);
        }
    }

    private IEnumerable<(ReportFormat, string)> Targets(string path) =>
        ExportFormats.WithExtension(System.IO.Path.GetExtension(path)) is { } known && System.IO.Path.GetExtension(path).Length > 1
            ? [(known.Format, path)]
        : Format is { Length: > 0 } ? Format.Select(format => (format, path + ExportFormats.Of(format).Extension))
        : throw CommandErrors.FormatNotTold(path);
}
