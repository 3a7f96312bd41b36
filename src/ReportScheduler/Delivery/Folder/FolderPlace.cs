using ReportScheduler.Delivery.Places;
using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Templates;

namespace ReportScheduler.Delivery.Folder;

/// <summary>Copies in the folder of -Destination.</summary>
internal sealed class FolderPlace : IDeliveryPlace
{
    public IReadOnlyList<DeliveryKind> Kinds { get; } = [DeliveryKind.Folder];

    public string Noun => "copy";

    public string CheckName => "Destination";

    /// <summary>A copy appears in one step, and again in the same place.</summary>
    public bool MayRepeat => true;

    public bool IsWanted(ReportTask task) => task.Destination is not null;

    public void Check(ReportTask task)
    {
        if (task.Destination is not { } folder)
        {
            return;
        }

        if (task.Format.Length == 0)
        {
            throw FolderErrors.DestinationNeedsFormat(folder);
        }

        if (ReportTemplate.IsMeant(folder))
        {
            if (task.SplitBy is null)
            {
                throw StoreErrors.FolderNotUsable(folder,
                    "a folder is no template unless -SplitBy is given; -FileName may be one, with the date in it");
            }

            ReportTemplate.Check(folder, nameof(task.Destination), task);
        }

        if (folder.Contains('\0', StringComparison.Ordinal) || File.Exists(folder))
        {
            throw StoreErrors.FolderNotUsable(folder, File.Exists(folder) ? "it is a file" : "it has a NUL character");
        }
    }

    public ReportDelivery? Prepare(DeliveryOrder order) =>
        order.RedirectTo is null ? order.New(DeliveryKind.Folder, order.Task.Destination!) : null;

    public void Send(DeliveryAttemptOrder order) => FolderDrop.Drop(order.Delivery, order.Task.ExistingFile, order.Clock);

    public string Probe(ReportTask task, IReportStore store, TimeProvider clock, CancellationToken cancel)
    {
        var folder = Fixed(task.Destination!);
        try
        {
            return WritableFolder.Try(folder)
                ? $"Files can be written to '{folder}'."
                : $"'{folder}' is not there yet; the first run can make it.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(folder, problem.Message, problem);
        }
    }

    public string? Describe(ReportTask task, string? redirectTo) => redirectTo is null ? $"copy to '{task.Destination}'" : null;

    public string DescribeAgain(ReportDelivery delivery, IEnumerable<string> recipients) => $"Copy to '{delivery.Target}'";

    public IEnumerable<string> Folders(IReportStore store) =>
        store.GetTasks().Select(task => task.Destination).OfType<string>().Select(Fixed);

    /// <summary>What is the same for all parts of a split report: the folder above the first one that a template names.</summary>
    private static string Fixed(string folder)
    {
        while (ReportTemplate.IsMeant(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            folder = above;
        }

        return folder;
    }
}
