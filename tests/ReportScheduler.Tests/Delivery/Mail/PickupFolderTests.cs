using System.Runtime.Versioning;
using ReportScheduler.Delivery.Mail;

namespace ReportScheduler.Tests.Delivery.Mail;

[UnsupportedOSPlatform("windows")]
public sealed class PickupFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    private string Folder => Path.Combine(parent, "mail");

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Theory]
    [InlineData(UnixFileMode.None)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute)]
    public void A_pickup_folder_is_made_as_any_folder_of_the_account(UnixFileMode others)
    {
        var rights = File.GetUnixFileMode(parent) | others;
        File.SetUnixFileMode(parent, rights);
        PickupFolder.Create(Folder);
        // the service that takes the mails from it is another account
        var usual = File.GetUnixFileMode(Directory.CreateDirectory(Path.Combine(parent, "usual")).FullName);
        Assert.Equal((rights, usual), (File.GetUnixFileMode(parent), File.GetUnixFileMode(Folder)));
    }

    [Fact]
    public void A_pickup_folder_that_others_read_keeps_its_rights()
    {
        // the mail program runs as another account
        var rights = File.GetUnixFileMode(Directory.CreateDirectory(Folder).FullName) | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(Folder, rights);
        PickupFolder.Create(Folder);
        Assert.Equal(rights, File.GetUnixFileMode(Folder));
    }
}
