using ReportScheduler.Delivery.Folder;

namespace ReportScheduler.Tests.Delivery.Folder;

public sealed class FolderDropTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("report-drop-").FullName;
    private readonly string[] files;

    public FolderDropTests()
    {
        files = [Path.Combine(root, "sales.xlsx"), Path.Combine(root, "sales.csv")];
        File.WriteAllText(files[0], "new book");
        File.WriteAllText(files[1], "new rows");
    }

    private string Target => Path.Combine(root, "share", "reports");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(ExistingFilePolicy.Overwrite)]
    [InlineData(ExistingFilePolicy.Fail)]
    [InlineData(ExistingFilePolicy.Number)]
    public void Files_land_in_a_folder_that_is_made(ExistingFilePolicy existing)
    {
        var delivery = Drop(existing);
        Assert.Equal((DeliveryState.Sent, null), (delivery.State, delivery.Error));
        Assert.Equal([Path.Combine(Target, "sales.xlsx"), Path.Combine(Target, "sales.csv")], delivery.DroppedFiles);
        Assert.Equal(delivery.DroppedFiles.Order(), Directory.GetFiles(Target).Order());
        Assert.Equal("new book", File.ReadAllText(delivery.DroppedFiles[0]));
    }

    [Fact]
    public void Overwrite_takes_the_place_of_the_old_file()
    {
        Existing("sales.csv");
        Drop(ExistingFilePolicy.Overwrite);
        Assert.Equal("new rows", File.ReadAllText(Path.Combine(Target, "sales.csv")));
        Assert.Equal(2, Directory.GetFiles(Target).Length);
    }

    [Fact]
    public void Fail_leaves_everything_as_it_was()
    {
        Existing("sales.csv");
        var delivery = Drop(ExistingFilePolicy.Fail);
        Assert.Equal((DeliveryState.Failed, "DropExists"), (delivery.State, delivery.ErrorId));
        Assert.Contains($"'{Path.Combine(Target, "sales.csv")}' exists already", delivery.Error, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(Target))));
    }

    [Fact]
    public void Number_counts_up()
    {
        Existing("sales.csv");
        Existing("sales (2).csv");
        Assert.Equal([Path.Combine(Target, "sales.xlsx"), Path.Combine(Target, "sales (3).csv")],
            Drop(ExistingFilePolicy.Number).DroppedFiles);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "sales.csv")));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "a file where the folder should be");
        var delivery = Drop(ExistingFilePolicy.Overwrite);
        Assert.Equal("DropFailed", delivery.ErrorId);
        Assert.Contains($"The files could not be put in '{Target}'", delivery.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_leaves_no_half_drop()
    {
        File.Delete(files[1]);
        var delivery = Drop(ExistingFilePolicy.Overwrite);
        // another computer may have it
        Assert.Equal((DeliveryState.Pending, "DropFileMissing"), (delivery.State, delivery.ErrorId));
        Assert.Contains($"'{files[1]}'", delivery.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    private ReportDelivery Drop(ExistingFilePolicy existing)
    {
        var delivery = new ReportDelivery { Kind = DeliveryKind.Folder, Target = Target, Files = files };
        FolderDrop.Drop(delivery, existing, TimeProvider.System);
        return delivery;
    }

    private void Existing(string name)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, name), "old");
    }
}
