using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class ReportConnectionTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_test_that_fails_says_why_and_does_not_point_at_itself()
    {
        session.Run("New-ReportConnection locked 'Data Source=:memory:;Password=hunter2' -Provider Sqlite").NoErrors();
        dynamic test = session.Run("Test-ReportConnection locked").Single();
        Assert.False((bool)test.Success);
        Assert.DoesNotContain("Test-ReportConnection", (string)test.Message, StringComparison.Ordinal);
        Assert.Contains("Set-ReportConnection: ", (string)test.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_shows_where_it_leads_and_never_its_password()
    {
        session.Run("New-ReportConnection erp -ConnectionString 'postgresql://ann:hunter2@erp:5433/sales'").NoErrors();
        var connection = session.Run("Get-ReportConnection e*").Single();
        Assert.Equal(("PostgreSql", "erp:5433", "sales", "ann", true), ($"{connection.Provider}", (string)connection.Server,
            (string)connection.Database, (string)connection.UserName, (bool)connection.HasPassword));
        Assert.DoesNotContain("hunter2", (string)session.Run("foreach ($p in (Get-ReportConnection erp).PSObject.Properties) { $all += "
            + "\"$($p.Name)=$($p.Value);\" }; $all").Output[0].BaseObject, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", File.ReadAllText(session.StorePath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Server erp01 -Database erp -TrustServerCertificate",
        "Data Source=erp01;Initial Catalog=erp;Integrated Security=True;Trust Server Certificate=True")]
    [InlineData("-Server 'erp01,1434' -PasswordReference env:X -Credential $login", "Data Source=erp01,1434")]
    [InlineData(@"-Server 'erp01\PROD' -Credential $login", @"Data Source=erp01\PROD")]
    [InlineData("-Server 'db:5433' -Database shop -Provider PostgreSql -TrustServerCertificate",
        "Host=db;Port=5433;Database=shop;SSL Mode=Require")]
    [InlineData("-Server db -Database shop -Provider MySql -Credential $login", "Server=db;Database=shop")]
    [InlineData("'Server=erp01;Encrypt=Strict' -TrustServerCertificate", "Data Source=erp01;Encrypt=Strict;Trust Server Certificate=True")]
    public void A_server_and_a_database_are_a_connection(string arguments, string connectionString)
    {
        session.Run("$global:login = [pscredential]::new('ann', [System.Net.NetworkCredential]::new('', 'hunter2').SecurePassword)")
            .NoErrors();
        var connection = session.Run($"New-ReportConnection erp {arguments}").Single();
        Assert.Equal(connectionString, (string)connection.ConnectionString);
        Assert.Equal(arguments.Contains("-Credential", StringComparison.Ordinal) ? "ann" : null, (string)connection.UserName);
    }

    [Theory]
    [InlineData("-Server 'erp01:1433'", "'erp01,1433'")]
    [InlineData("-Server shop.db -Provider Sqlite", "SQLite has no server; give its file with -Path")]
    [InlineData("-Path shop.db -Provider PostgreSql", "has a server and no file; give -Server and -Database")]
    [InlineData("-Path ' '", "-Path is empty")]
    [InlineData("env:X -Provider SqlServer -TrustServerCertificate", "put TrustServerCertificate=true there")]
    public void A_server_that_cannot_be_meant_is_refused(string arguments, string words) =>
        Assert.Contains(words, session.Run($"New-ReportConnection erp {arguments}").Error().Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Path ./shop.db", "shop.db")]
    [InlineData("-Path './a;b=c ''d''.db' -Provider sqlite", "a;b=c 'd'.db")]
    [InlineData("-Path sub/../shop.db -ReadOnly", "shop.db")]
    public void A_file_is_a_connection(string arguments, string file)
    {
        var connection = session.Run($"New-ReportConnection shop {arguments}").Single();
        Assert.Equal(("Sqlite", Path.Combine(session.Folder, file)), ((string)connection.Provider,
            new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder((string)connection.ConnectionString).DataSource));
    }

    [Fact]
    public void A_name_of_which_there_is_none_says_how_the_first_is_made()
    {
        session.Run("New-ReportConnection shop -Path shop.db").NoErrors();
        Assert.Equal("No report theme is named 'house'. The store has none yet; New-ReportTheme creates one.",
            session.Run("Get-ReportTheme house").Error().Exception.Message);
        Assert.Equal("No report connection is named 'shup'. Did you mean 'shop'? Get-ReportConnection lists the names.",
            session.Run("Get-ReportConnection shup").Error().Exception.Message);
    }

    [Fact]
    public void Session_SQL_is_set_and_removed()
    {
        session.Run("New-ReportConnection erp 'postgresql://u@h/d' -InitSql 'SET x = 1'; Set-ReportConnection erp -TrustServerCertificate")
            .NoErrors();
        var connection = session.Run("Get-ReportConnection erp").Single();
        Assert.Equal(("SET x = 1", "Host=h;Database=d;SSL Mode=Require"),
            ((string)connection.InitSql, (string)connection.ConnectionString));
        session.Run("Set-ReportConnection erp -InitSql ''").NoErrors();
        Assert.Null((string?)session.Run("Get-ReportConnection erp").Single().InitSql);
    }

    [Fact]
    public void A_relative_file_is_one_of_the_current_location()
    {
        session.Run("New-ReportConnection shop -ConnectionString sqlite:///shop.db").NoErrors();
        Assert.Equal(Path.Combine(session.Folder, "shop.db"), (string)session.Run("Get-ReportConnection shop").Single().Server);
    }

    [Theory]
    [InlineData("shop.db")]
    [InlineData("./shop.db")]
    [InlineData("Data Source=shop.db")]
    [InlineData("Data Source=shop.db;Mode=ReadWrite")]
    public void A_SQLite_file_that_is_there_needs_no_provider(string text)
    {
        File.WriteAllBytes(Path.Combine(session.Folder, "shop.db"), [.. "SQLite format 3\0"u8, .. new byte[84]]);
        var result = session.Run($"New-ReportConnection shop '{text}'");
        Assert.Equal(("Sqlite", Path.Combine(session.Folder, "shop.db")), ($"{result.Single().Provider}", (string)result.Single().Server));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("other.txt")]
    [InlineData("Server=a;Database=b")]
    [InlineData("nowhere:shop.db")]
    [InlineData(".")]
    public void Any_other_text_needs_one(string text) => Assert.Equal(
        "ProviderNeeded,ReportScheduler.Commands.NewReportConnectionCommand",
        session.Run($"New-ReportConnection shop '{text}'").Error().FullyQualifiedErrorId);

    [Fact]
    public void A_file_that_is_not_there_is_named_in_full_and_three_slashes_are_explained()
    {
        var file = Path.Combine(session.Folder, "there.db");
        File.WriteAllText(file, "");
        Assert.Equal([$"There is no file '{Path.Combine(session.Folder, "shop.db")}' yet."],
            session.Run("New-ReportConnection a sqlite:///shop.db").NoErrors().Warnings);
        Assert.Equal(
            [$"There is no file '{session.Folder}{file}': 'sqlite:///' and a path are relative to the current folder. "
                + $"For '{file}' write 'sqlite:///{file}', with four slashes."],
            session.Run($"New-ReportConnection b 'sqlite://{file}'").NoErrors().Warnings);
        Assert.Empty(session.Run($"New-ReportConnection c 'sqlite:///{file}'").NoErrors().Warnings);
    }

    [Fact]
    public void Set_changes_what_is_given_and_keeps_the_password()
    {
        session.Run("New-ReportConnection erp -ConnectionString 'Host=a;Username=ann;Password=hunter2' -Provider PostgreSql").NoErrors();
        var changed = session.Run("Set-ReportConnection erp -ConnectionString 'Host=b' -PassThru").NoErrors().Single();
        Assert.Equal(("b:5432", "ann", true), ((string)changed.Server, (string)changed.UserName, (bool)changed.HasPassword));
    }

    [Fact]
    public void A_connection_that_tasks_use_is_removed_with_Force_only()
    {
        session.Run("New-ReportConnection m -ConnectionString :memory:; New-ReportTask t m -Query 'select 1' -Format Csv").NoErrors();
        var error = session.Run("Remove-ReportConnection m -Confirm:$false").Error();
        Assert.Equal("ConnectionInUse,ReportScheduler.Commands.RemoveReportConnectionCommand", error.FullyQualifiedErrorId);
        Assert.Contains("'t'", error.Exception.Message, StringComparison.Ordinal);
        session.Run("Remove-ReportConnection m -Force -Confirm:$false").NoErrors();
        Assert.Empty(session.Run("Get-ReportConnection").Output);
    }

    [Fact]
    public void Testing_gives_a_result_in_both_cases()
    {
        session.Run("New-ReportConnection m -ConnectionString :memory:; New-ReportConnection dead -ConnectionString "
            + "'mssql://u:hunter2@127.0.0.1:1/x'").NoErrors();
        var good = session.Run("Test-ReportConnection m").NoErrors().Single();
        Assert.True((bool)good.Success);
        Assert.NotEmpty((string)good.ServerVersion);
        var bad = session.Run("Test-ReportConnection dead").NoErrors().Single();
        Assert.Equal((false, "ConnectionRefused"), ((bool)bad.Success, (string)bad.ErrorId));
        Assert.Contains("refused the connection", (string)bad.Message, StringComparison.Ordinal);
        Assert.True((TimeSpan)bad.Latency < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_if_makes_nothing()
    {
        session.Run("New-ReportConnection m -ConnectionString :memory: -WhatIf").NoErrors();
        Assert.Empty(session.Run("Get-ReportConnection").Output);
    }
}
