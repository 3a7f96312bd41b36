using ReportScheduler.Definitions;
using ReportScheduler.Hosting;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

/// <summary>A task that names no mail server uses the only one there is, wherever that is asked.</summary>
public sealed class DefaultMailServerTests : StoreFolderFixture
{
    [Theory]
    [InlineData("", null, "MailServerNeeded")]
    [InlineData("one", null, "one")]
    [InlineData("one two", null, "MailServerNeeded")]
    [InlineData("one two", "TWO", "two")]
    [InlineData("one", "two", "MailServerNotFound")]
    [InlineData("", "two", "MailServerNotFound")]
    public void A_task_uses_the_server_that_it_names_or_the_only_one(string servers, string? named, string expected)
    {
        var store = Servers(servers);
        var task = new ReportTask { Name = "t", To = ["a@example.com"], MailServer = named };
        Assert.Equal(expected, Name(() => store.MailServerOf(task).Name));
        var saved = new ReportTask { Name = "t", Connection = "c", Query = "select 1", To = ["a@example.com"], MailServer = named };
        Assert.Equal(expected, Name(() =>
        {
            TaskDefinition.Save(store, saved, PutMode.Add, reschedule: true, TimeProvider.System);
            return store.MailServers.Find(store.FindTask("t")!.MailServer!)!.Name;
        }));
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("one two", 0)]
    public void A_registered_job_needs_the_variables_of_the_server_that_mail_goes_through(string servers, int missing)
    {
        var store = Servers(servers);
        store.PutTask(new ReportTask { Id = "t", Name = "t", Connection = "c", Query = "select 1", To = ["a@example.com"] }, PutMode.Add,
            null);
        var warnings = JobVariables.Missing(new ReportScheduledTask { Name = "r", SystemName = "r", System = HostingSystem.Systemd },
            store.GetTasks(), store);
        Assert.Equal(missing, warnings.Length);
    }

    [Fact]
    public void A_task_without_recipients_needs_no_server()
    {
        var store = Servers("");
        TaskDefinition.Save(store,
            new ReportTask { Name = "t", Connection = "c", Query = "select 1", Destination = Folder, Format = [ReportFormat.Csv] },
            PutMode.Add, reschedule: true, TimeProvider.System);
        Assert.Null(store.FindTask("t")!.MailServer);
    }

    private IReportStore Servers(string names)
    {
        var store = NewStore();
        store.Connections.Put(new ReportConnection { Name = "c", Provider = "Sqlite", ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            store.MailServers.Put(new ReportMailServer { Name = name, SmtpHost = "smtp.example.com", From = "r@example.com", UserName = "u",
                PasswordReference = "env:REPORTSCHEDULER_TEST_NOT_SET" }, PutMode.Add);
        }

        return store;
    }

    private static string Name(Func<string> name)
    {
        try
        {
            return name();
        }
        catch (ReportException problem)
        {
            return problem.ErrorId;
        }
    }
}
