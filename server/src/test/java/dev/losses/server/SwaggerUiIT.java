package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.invisibilityOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Swagger UI works in a real browser: Debian's packages chromium and chromium-driver. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EnabledIf("hasBrowserOrMust")
class SwaggerUiIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @LocalServerPort
  private int port;

  @TempDir
  private Path profile;

  private WebDriver browser;
  private WebDriverWait wait;

  /** On a developer's machine the browser may be missing; in CI that is a failure. */
  static boolean hasBrowserOrMust() {
    return System.getenv("CI") != null || (Files.exists(CHROMIUM) && Files.exists(DRIVER));
  }

  @BeforeEach
  void openSwaggerUi() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1600",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    browser = new ChromeDriver(service, options);
    wait = new WebDriverWait(browser, Duration.ofSeconds(30));
    browser.get("http://localhost:" + port + "/");
  }

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void itListsTheLossesAndExecutesTheExampleOfHuber() {
    WebElement huber = wait.until(
        presenceOfElementLocated(By.cssSelector("[id='operations-regression-evaluate_huber']")));
    assertTrue(browser.getPageSource().contains("/v1/losses/mean_squared_error/evaluate"));
    WebElement title = wait.until(presenceOfElementLocated(By.cssSelector(".info .title")));
    assertTrue(title.getText().startsWith("Losses"), title.getText());

    click(huber.findElement(By.cssSelector(".opblock-summary-control")));
    click(wait.until(elementToBeClickable(
        By.cssSelector("#operations-regression-evaluate_huber button.execute"))));

    By live = By.cssSelector("#operations-regression-evaluate_huber .live-responses-table");
    WebElement response = wait.until(presenceOfElementLocated(live));
    assertEquals(
        "200",
        response
            .findElement(By.cssSelector("tr.response td.response-col_status"))
            .getText()
            .strip());
    JsonNode answer = new JsonMapper()
        .readTree(response.findElement(By.cssSelector(".highlight-code code")).getText());
    assertTrue(answer.path("loss").isNumber(), answer.toString());
    assertEquals("huber", answer.at("/source/name").asString());
  }

  @Test
  void theFilterLeavesTheFamiliesOfThatName() {
    By regression = By.id("operations-tag-regression");
    By similarity = By.id("operations-tag-similarity");
    wait.until(presenceOfElementLocated(regression));
    WebElement filter = browser.findElement(By.cssSelector(".operation-filter-input"));
    filter.sendKeys("simil");
    wait.until(invisibilityOfElementLocated(regression));
    assertTrue(browser.findElement(similarity).isDisplayed());
  }

  private void click(WebElement element) {
    ((ChromeDriver) browser)
        .executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }
}
