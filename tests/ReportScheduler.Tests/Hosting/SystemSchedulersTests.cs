using ReportScheduler.Hosting;
using ReportScheduler.Store;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Hosting;

/// <summary>A fourth scheduler that only these tests have: it needs its type and its line, and nothing else.</summary>
public sealed class SystemSchedulersTests : IDisposable
{
    private const HostingSystem Launchd = (HostingSystem)1000;

    private readonly RunFixture fixture = new();
    private readonly LaunchdScheduler launchd = new();
    private readonly NoShell shell = new();
    private readonly IDisposable line;

    public SystemSchedulersTests() => line = SystemSchedulers.All.With(launchd);

    public void Dispose()
    {
        line.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void Each_name_for_users_has_one_line() =>
        Assert.All(Enum.GetValues<HostingSystem>(), system => Assert.Single(SystemSchedulers.All, each => each.System == system));

    [Fact]
    public void A_job_is_registered_with_a_new_scheduler_watched_and_taken_away()
    {
        var registered = Register(fixture.AddTask("t"));
        Assert.Equal(["every hour"], registered.Triggers);
        SystemRegistration.Put(registered, shell);
        var kept = Assert.Single(new RegistrationFolder(fixture.Store.Address).List());
        Assert.Equal((Launchd, "t.plist", "t"), (kept.System, kept.Files[0].Name, launchd.Installed["t.plist"]));
        Assert.Empty(Drift.OfDefinition(kept, fixture.Store).Concat(SystemRegistration.Changes(kept, shell)));

        fixture.Store.SetMark(StoreMark.MovedTo, "postgresql://db/reports");
        Assert.Contains("The store was moved to 'postgresql://db/reports'.", Drift.OfDefinition(kept, fixture.Store));
        fixture.Store.SetMark(StoreMark.MovedTo, null);

        launchd.Installed["t.plist"] = "other";
        Assert.Equal(["t.plist was changed."], SystemRegistration.Changes(kept, shell));
        SystemRegistration.Remove(kept, shell);
        Assert.Empty(launchd.Installed);
        Assert.Empty(new RegistrationFolder(fixture.Store.Address).List());
    }

    [Fact]
    public void A_job_that_moves_to_another_scheduler_leaves_the_new_one()
    {
        SystemRegistration.Put(Register(fixture.AddTask("t")), shell);
        var folder = Path.Combine(fixture.Folder, "units");
        var moved = Register(fixture.Store.FindTask("t")!, HostingSystem.Systemd, folder);
        SystemRegistration.Put(moved, shell);
        Assert.Empty(launchd.Installed);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.Equal(HostingSystem.Systemd, Assert.Single(new RegistrationFolder(fixture.Store.Address).List()).System);
    }

    [Fact]
    public void Variables_and_schedules_that_are_missing_are_asked_of_a_new_scheduler()
    {
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "office", SmtpHost = "smtp.example.com", From = "r@example.com",
            UserName = "r", PasswordReference = "env:REPORT_NO_SUCH" }, PutMode.Add);
        var task = fixture.AddTask("t", task => task.MailServer = "office");
        var registered = Register(task);
        Assert.Equal(
            ["The report mail server 'office' reads env:REPORT_NO_SUCH, and launchd has no REPORT_NO_SUCH; see Set-ReportMailServer."],
            JobVariables.Missing(registered, [task], fixture.Store));
        var office = fixture.Store.MailServers.Find("office")!;
        (office.PasswordReference, office.CertificatePasswordReference) = ("vault:Corp/Office", "env:REPORT_NO_PFX");
        fixture.Store.MailServers.Put(office, PutMode.Update);
        Assert.Equal(
            ["The report mail server 'office' reads env:REPORT_NO_PFX, and launchd has no REPORT_NO_PFX; see Set-ReportMailServer."],
            JobVariables.Missing(registered, [task], fixture.Store));
        Assert.True(JobVariables.AreInVault([task], fixture.Store));
        office.PasswordReference = "env:REPORT_NO_PFX";
        fixture.Store.MailServers.Put(office, PutMode.Update);
        Assert.False(JobVariables.AreInVault([task], fixture.Store));
        var none = fixture.AddTask("none", task => (task.Every, task.StartAt) = (null, null));
        Assert.Equal(nameof(HostingErrors.TaskHasNoSchedule), Assert.Throws<ReportException>(() => Register(none)).ErrorId);
    }

    private ReportScheduledTask Register(ReportTask task, HostingSystem system = Launchd, string? folder = null)
    {
        var registered = new ReportScheduledTask
        {
            Name = task.Name,
            SystemName = task.Name,
            Work = HostedWork.Task,
            TaskName = task.Name,
            System = system,
            Account = "root",
            PowerShellPath = "/usr/bin/env",
            ModulePath = typeof(SystemSchedulersTests).Assembly.Location,
            StorePath = fixture.Store.Address,
            UnitFolder = SystemSchedulers.Of(system).FolderOf(StoreScope.User, folder),
            RegisteredAt = RunFixture.Noon,
        };
        var definition = SystemSchedulers.Of(system).Compile(HostedJob.Of(registered, task, fixture.Store), registered.RegisteredAt);
        (registered.Files, registered.Triggers) = (definition.Files, definition.Triggers);
        return registered;
    }

    private sealed class LaunchdScheduler : SystemScheduler
    {
        public Dictionary<string, string> Installed { get; } = [];

        public override HostingSystem System => Launchd;

        public override bool IsHere => false;

        public override void Install(ReportScheduledTask registered, ISystemShell shell) =>
            Installed[registered.Files[0].Name] = registered.Files[0].Text;

        public override void Remove(ReportScheduledTask registered, ISystemShell shell) => Installed.Remove(registered.Files[0].Name);

        public override IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell) =>
            Installed.GetValueOrDefault(registered.Files[0].Name) == registered.Files[0].Text
                ? []
                : [$"{registered.Files[0].Name} was changed."];

        public override string WhyVariableIsMissing(string variable, string? cmdlet) => $"launchd has no {variable}; see {cmdlet}.";

        protected override HostedDefinition Translate(HostedJob job, DateTimeOffset now, bool hasPassword) =>
            new([new HostedFile($"{job.SystemName}.plist", job.Task!.Name)], ["every hour"], null);
    }

    private sealed class NoShell : ISystemShell
    {
        public object? Credential => null;

        public IReadOnlyList<object?> Run(string name, string script, params object?[] arguments) => throw new NotSupportedException();
    }
}
